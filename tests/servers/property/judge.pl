#!/usr/bin/perl
# judge.pl - what does not hold of an apply.
#
# usage: judge.pl FOLDER
#
# FOLDER holds plan1.json and plan3.json (before and after), objects.before and objects.after (objects.sql), dev.dump and
# prod.dump (statements.pl).  Prints a line for each property that does not hold.

use strict;
use warnings;
use JSON::PP;

my ($folder) = @ARGV;

sub content { my ($name) = @_; open my $file, '<', "$folder/$name" or die "$folder/$name: $!\n"; local $/; return scalar <$file> }

my $before = decode_json(content('plan1.json'));
my $after = decode_json(content('plan3.json'));
my @steps = map { @{ $_->{steps} } } @{ $before->{groups} };

# --- a catalog row changes only where a statement names what it belongs to ---------------------

my $statements = join "\n", map { my $sql = $_->{sql}; utf8::encode($sql); $sql } @steps;
my $rewriting = join "\n", map { my $sql = $_->{sql}; utf8::encode($sql); grep({ /^(rewrites|rebuilds)$/ } @{ $_->{hazards} }) ? $sql : () } @steps;

sub is_named { my ($sql, @names) = @_; return grep { index($sql, $_ =~ s/"/""/gr) >= 0 } @names }

sub catalog_rows {
	my ($name) = @_;
	my %rows;
	for (split /\n/, content($name)) {
		my ($catalog, $id, $xmin, $file, $who, @names) = split /\x1f/;
		$rows{"$catalog $id"} = { xmin => $xmin, file => $file, who => "$catalog $who", names => \@names };
	}
	return \%rows;
}

my ($old, $new) = (catalog_rows('objects.before'), catalog_rows('objects.after'));
for my $id (sort keys %$old) {
	my ($was, $is) = ($old->{$id}, $new->{$id});
	if (!$is) {
		print "gone, and named in no statement: $was->{who}\n" unless is_named($statements, @{ $was->{names} });
		next;
	}
	print "changed, and named in no statement: $was->{who}\n" if $was->{xmin} ne $is->{xmin} && !is_named($statements, @{ $was->{names} }, @{ $is->{names} });
	print "written anew, and no statement says so: $was->{who}\n"
		if $was->{file} ne $is->{file} && !is_named($rewriting, @{ $was->{names} });
}

# --- what is withheld stays withheld, and says why -----------------------------------------------

my %first = map { $_->{object} => $_ } @{ $before->{withheld} };
my %second = map { $_->{object} => $_ } @{ $after->{withheld} };
print "withheld by the second plan only: $_: $second{$_}{reason}\n" for grep { !$first{$_} } sort keys %second;
print "withheld by the first plan only: $_: $first{$_}{reason}\n" for grep { !$second{$_} } sort keys %first;
for my $name (sort keys %first) {
	my $needed = $first{$name}{reason} =~ /it needs (.*?), whose change is withheld/s ? $1 : next;
	# A part may be told by the whole that it is a part of.
	print "withheld for the sake of what is not withheld: $name needs $needed\n"
		unless $first{$needed} || grep { index($needed, (split / /, $_, 2)[1]) >= 0 } keys %first;
}

# --- where nothing is withheld production says what the snapshot says ------------------------------

exit if %second;
my %kept = map { $_->{object} => $_ } @{ $after->{kept} };
my @kept_names = map { s/"/""/gr } map { utf8::encode($_); $_ } map { @{ $_->{identity} } } values %kept;

sub dump_of { my ($name) = @_; my %lines; $lines{$_}++ for split /^(?=(?:CREATE|ALTER|COMMENT|GRANT|REVOKE|SELECT) )/m, content($name); return \%lines }

my ($dev, $prod) = (dump_of('dev.dump'), dump_of('prod.dump'));
for my $statement (sort keys %$dev) {
	next if ($prod->{$statement} // 0) >= $dev->{$statement};
	# What production alone has may show in the statement that makes what it belongs to.
	next if grep { index($statement, $_) >= 0 } @kept_names;
	print 'production lacks: ', $statement =~ s/\s+/ /gr, "\n";
}
for my $statement (sort keys %$prod) {
	next if ($dev->{$statement} // 0) >= $prod->{$statement} || grep { index($statement, $_) >= 0 } @kept_names;
	print 'production alone has: ', $statement =~ s/\s+/ /gr, "\n";
}
