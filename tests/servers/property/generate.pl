#!/usr/bin/perl
# generate.pl - a random schema and a random edit of it, from a seed.
#
# usage: generate.pl SEED FOLDER [VERSION]
#
# writes FOLDER/old.sql (the schema), rows.sql (rows for its tables, some of which fit no constraint that may come),
# new.sql (the schema after the edit) and edits (what was done, for people).  The same seed gives the same files.
# VERSION is the server's major version.  The roles property_one and property_two must be there.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Model;
use Types;
use Tables;
use Others;

my ($seed, $folder, $major) = @ARGV;
$Model::version = $major if $major;
my @done;

sub add {
	my ($schema, $kind) = @_;
	my $object = $kinds{$kind}{make}->($schema) or return;
	push @{ $schema->{objects} }, $object;
	return $object;
}

# How often a kind is chosen.
my @ordinary = ('table') x 10, my @more = ((map { ($_) x 3 } qw(view index function)), qw(view view policy trigger rule publication enum sequence trigger policy materialized_view domain),
	qw(schema composite range collation aggregate operator cast dictionary configuration rule statistics publication wrapper server foreign_table event_trigger default_privileges));

sub new_schema {
	my $schema = { objects => [] };
	add($schema, 'schema') for 1 .. 1 + pick_number(2);
	add($schema, pick(qw(enum composite range domain collation sequence function function dictionary wrapper))) for 1 .. pick_number(9);
	add($schema, 'table') for 1 .. 2 + pick_number(6);
	add($schema, pick(@more)) for 1 .. pick_number(16);
	for my $table (objects($schema, 'table')) {
		push @{ $table->{constraints} }, Tables::new_constraint($schema, $table, 1) // () for 1 .. pick_number(3);
	}
	facet($_) for grep { chance(20) } @{ $schema->{objects} };
	return $schema;
}

sub facet {
	my ($object) = @_;
	my $kind = $kinds{ $object->{kind} };
	return unless $kind->{address};
	my $which = pick('comment', 'comment', 'owner', 'grants');
	$object->{comment} = chance(75) ? fresh('words') : undef if $which eq 'comment';
	$object->{owner} = pick('property_one', 'property_two', undef) if $which eq 'owner' && $kind->{owned};
	$object->{grants} = chance(80) ? [pick(@{ $kind->{privileges} }), pick('property_one', 'property_two', 'PUBLIC')] : undef if $which eq 'grants' && $kind->{privileges};
}

sub write_facets {
	my ($object) = @_;
	my $kind = $kinds{ $object->{kind} };
	my $sql = '';
	return '' unless $kind->{address};
	my $address = $kind->{address}->($object);
	$sql .= "COMMENT ON $address IS " . literal($object->{comment}) . ";\n" if defined $object->{comment};
	$sql .= "GRANT $object->{grants}[0] ON " . ($address =~ s/^(MATERIALIZED )?VIEW |^FOREIGN TABLE /TABLE /r =~ s/^SERVER /FOREIGN SERVER /r =~ s/^DOMAIN /TYPE /r) . " TO $object->{grants}[1];\n"
		if $object->{grants} && $kind->{privileges};
	$sql .= "ALTER $address OWNER TO $object->{owner};\n" if $object->{owner} && $kind->{owned} && !$kind->{no_alter};
	return $sql;
}

sub write_schema {
	my ($schema) = @_;
	return join '', (map { $kinds{ $_->{kind} }{write}->($_) } @{ $schema->{objects} }),
		(map { $kinds{ $_->{kind} }{later} ? $kinds{ $_->{kind} }{later}->($_) : () } @{ $schema->{objects} }),
		(map { write_facets($_) } @{ $schema->{objects} });
}

# Names that relations share, and types with them; and functions with aggregates.
my %rivals = ((map { $_ => 1 } qw(table view materialized_view sequence foreign_table enum composite domain range)), function => 2, aggregate => 2);

# Something goes, and something else comes under its name.
sub take_a_name {
	my ($schema) = @_;
	my $gone = pick(grep { $rivals{ $_->{kind} } && !is_used($schema, $_) } @{ $schema->{objects} }) or return;
	my @others = sort grep { $rivals{$_} == $rivals{ $gone->{kind} } } keys %rivals;
	$schema->{objects} = [grep { $_ != $gone } @{ $schema->{objects} }];
	my $new = add($schema, pick(@others)) or return;
	@$new{qw(name ns)} = @$gone{qw(name ns)};
	push @done, "$new->{kind} in place of $gone->{kind} $gone->{name}";
}

# Changes the schema in one way.
sub edit {
	my ($schema) = @_;
	my $choice = pick_number(100);
	if ($choice < 25) {
		my $kind = pick(@ordinary, @more);
		my $object = add($schema, $kind) or return;
		push @done, "add $kind $object->{name}";
	} elsif ($choice < 35) {
		my $object = pick(grep { !is_used($schema, $_) } @{ $schema->{objects} }) or return;
		$schema->{objects} = [grep { $_ != $object } @{ $schema->{objects} }];
		push @done, "drop $object->{kind} $object->{name}";
	} elsif ($choice < 38) {
		take_a_name($schema);
	} elsif ($choice < 48) {
		my $object = pick(@{ $schema->{objects} });
		facet($object);
		push @done, "facet of $object->{kind} $object->{name}";
	} else {
		my $object = pick(chance(50) ? objects($schema, 'table') : @{ $schema->{objects} }) or return;
		my $edits = $kinds{ $object->{kind} }{edits} or return;
		return unless @$edits;
		my $number = pick_number(scalar @$edits);
		push @done, "edit $number of $object->{kind} $object->{name}";
		$edits->[$number]->($schema, $object);
	}
}

sub write_file {
	my ($name, $text) = @_;
	open my $file, '>', "$folder/$name" or die "$folder/$name: $!\n";
	print $file $text;
	close $file or die "$folder/$name: $!\n";
}

seed($seed);
my $schema = new_schema();
write_file('old.sql', write_schema($schema));
write_file('rows.sql', "SET session_replication_role = replica;\n" . join('', map { insert_rows($_) } objects($schema, 'table'))
	. join('', map { 'REFRESH MATERIALIZED VIEW ' . qualified($_) . ";\n" } objects($schema, 'materialized_view')));
edit($schema) for 1 .. 1 + pick_number(12);
write_file('new.sql', write_schema($schema));
write_file('edits', join('', map { "$_\n" } @done));
