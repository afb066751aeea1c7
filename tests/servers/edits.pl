#!/usr/bin/env perl
# edits.pl - takes data/edits.sql apart for edits.t, and what came of it.
#
#   edits.pl split CASES MAJOR FOLDER      writes base.sql, edited.sql and list (schema, name, forward, back, compared, visible)
#   edits.pl judge FOLDER DIRECTION PLAN [DUMP DUMP]
#       prints "ok<TAB>NAME" or "not ok<TAB>NAME<TAB>WHY" per case; without dumps the plan alone is looked at
#   edits.pl visible FOLDER DUMP DUMP      names the cases whose edit pg_dump does not show, though it should
use strict;
use warnings;

sub read_cases {
	my ($file, $major) = @_;
	my (@cases, $case, $part);
	open my $in, '<', $file or die "$file: $!\n";
	while (my $line = <$in>) {
		if ($line =~ /^-- case: (.*)/) {
			push @cases, $case = { name => $1, since => 0, until => 99, forward => '', back => '', compared => 1, visible => 1, base => '', edit => '' };
			$part = 'base';
		} elsif (!$case) {
			next;
		} elsif ($line =~ /^-- (since|until|forward|back): (.*)/) {
			$case->{$1} = $2;
		} elsif ($line =~ /^-- not compared/) {
			$case->{compared} = 0;
		} elsif ($line =~ /^-- not visible/) {
			$case->{visible} = 0;
		} elsif ($line =~ /^-- edit$/) {
			$part = 'edit';
		} else {
			$case->{$part} .= $line;
		}
	}
	my $number = 0;
	@cases = grep { $_->{since} <= $major && $major < $_->{until} } @cases;
	$_->{schema} = sprintf 'q%03d', ++$number for @cases;
	return @cases;
}

sub split_cases {
	my ($file, $major, $folder) = @_;
	my @cases = read_cases($file, $major);
	open my $list, '>', "$folder/list" or die $!;
	print $list join("\t", @$_{qw(schema name forward back compared visible)}), "\n" for @cases;
	for my $which (qw(base edited)) {
		open my $out, '>', "$folder/$which.sql" or die $!;
		print $out "SET client_min_messages = error;\n";
		for my $case (@cases) {
			my $sql = $case->{base} . ($which eq 'edited' ? $case->{edit} : '');
			$sql =~ s/\{\}/$case->{schema}/g;
			print $out "\\echo $case->{name}\nCREATE SCHEMA $case->{schema};\nSET search_path = $case->{schema};\n$sql";
		}
	}
}

# Statements of a dump by schema; what is in none has the schema's name in its own.
sub read_dump {
	my ($file) = @_;
	my %of;
	my $method = '';
	local $/;
	open my $in, '<', $file or die "$file: $!\n";
	for my $entry (split /\n(?=--\n-- Name: )/, <$in>) {
		my ($schema) = $entry =~ /^-- Name: .*; Schema: (q\d\d\d);/m;
		($schema) = $entry =~ /\b(q\d\d\d)/ unless $schema;
		# What is set for the entries to come stands at the end of the one before.
		$entry .= "\nUSING $method" if $method =~ /^q/ && $entry =~ /^CREATE (?:UNLOGGED |MATERIALIZED )?(?:TABLE|VIEW)/m;
		$method = $1 if $entry =~ /^SET default_table_access_method = (.*);$/m;
		next unless $schema;
		$entry =~ s/^SET default_.*\n//mg;
		$entry =~ s/^--.*\n//mg;
		$entry =~ s/^\\(?:un)?restrict .*\n//mg;
		# Options are a set.
		$entry =~ s/(WITH|SET) \(([^\n]*)\)/"$1 (" . join(', ', sort split m{, }, $2) . ')'/ge;
		push @{ $of{$schema} }, grep { /\S/ } split /\n/, $entry;
	}
	return { map { $_ => join "\n", sort @{ $of{$_} } } keys %of };
}

# What a plan still says, by schema.
sub read_plan {
	my ($file) = @_;
	my (%of, $kept);
	open my $in, '<', $file or die "$file: $!\n";
	while (my $line = <$in>) {
		chomp $line;
		$kept = $line =~ /^Only in production/ if $line =~ /^\S/;
		$line =~ s/^ *-? *//;
		push @{ $of{$_} }, ($kept ? 'kept: ' : '') . $line for $line =~ /(q\d\d\d)/;
	}
	return \%of;
}

sub judge {
	my ($folder, $direction, $plan, @dumps) = @_;
	my $left = read_plan($plan);
	my ($wanted, $got) = map { read_dump($_) } @dumps;
	open my $list, '<', "$folder/list" or die $!;
	while (my $line = <$list>) {
		chomp $line;
		my ($schema, $name, $forward, $back, $compared) = split /\t/, $line, -1;
		my $expected = $direction eq 'forward' ? $forward : $back;
		my @said = @{ $left->{$schema} || [] };
		my $why = '';
		if ($expected ne '') {
			$why = "nothing says $expected" unless grep { /$expected/ } @said;
		} elsif (@said) {
			$why = 'left to do';
		} elsif ($compared && @dumps && ($wanted->{$schema} // '') ne ($got->{$schema} // '')) {
			$why = "equal to the plan, and not to pg_dump: wanted $wanted->{$schema}; got " . ($got->{$schema} // '');
		}
		$why = join '; ', grep { $_ ne '' } $why, @said if $why ne '';
		$why =~ s/\n/ | /g;
		print $why eq '' ? "ok\t$name\n" : "not ok\t$name\t$why\n";
	}
}

sub visible {
	my ($folder, @dumps) = @_;
	my ($base, $edited) = map { read_dump($_) } @dumps;
	open my $list, '<', "$folder/list" or die $!;
	while (<$list>) {
		chomp;
		my ($schema, $name, undef, undef, undef, $visible) = split /\t/, $_, -1;
		print "$name\n" if $visible && ($base->{$schema} // '') eq ($edited->{$schema} // '');
	}
}

my $command = shift // '';
my %commands = (split => \&split_cases, judge => \&judge, visible => \&visible);
die "usage: edits.pl split|judge|visible …\n" unless $commands{$command};
$commands{$command}->(@ARGV);
