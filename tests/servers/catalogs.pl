#!/usr/bin/perl
# catalogs.pl - holds data/catalogs.txt and data/pg_dump_entries.txt against servers and against the queries of pgkeel.
#
# usage: catalogs.pl columns ROOT VERSION=FILE…   FILE: "catalog column" per line, of a server of that major version.
#                                                 With all SUPPORTED versions lines that name nothing are wrong too.
#        catalogs.pl entries ROOT VERSION LIST    LIST: what pg_restore -l of a pg_dump of that version prints
#
# What is wrong is printed, a line each.

use strict;
use warnings;

my @supported = (13 .. 18);

my ($mode, $root, @arguments) = @ARGV;

sub lines_of {
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	my @lines = grep { !/^\s*(#|$)/ } <$in>;
	chomp @lines;
	return @lines;
}

# The query of a reader as it is sent to that version, without comments; undef where there is none.
sub query_of {
	my ($reader, $version) = @_;
	my ($file) = grep { -e } $reader =~ m{^reader/(.*)} ? "$root/common/reader/$1.sql" : "$root/common/kinds/$reader.sql";
	return undef if !defined $file;
	my $text = '';
	open my $in, '<', $file or die "$file: $!\n";
	while (my $line = <$in>) {
		if ($line =~ /^\s*--# include (\S+)/) {
			open my $part, '<', "$root/common/kinds/$1" or die "$1: $!\n";
			$line = join '', <$part>;
		}
		for my $one (split /^/, $line) {
			next if $one =~ /--@ >=(\d+)0000/ && $version < $1 or $one =~ /--@ <(\d+)0000/ && $version >= $1;
			$text .= $one =~ s/--.*//r;
		}
	}
	return $text;
}

my %queries;

sub mentions {
	my ($reader, $version, $word) = @_;
	$queries{"$reader $version"} //= query_of($reader, $version) // '';
	return $queries{"$reader $version"} =~ /\b\Q$word\E\b/;
}

my %kinds = map { /^KIND\((\w+)\)/ ? ($1 => 1) : () } lines_of("$root/common/kinds/kinds.def");

sub wrong {
	print @_, "\n";
}

# "READER… by FUNCTION"
sub readers_of {
	my ($text) = @_;
	my ($readers, $function) = $text =~ /^(.*?)(?: by (\w+))?$/;
	my @readers = split ' ', $readers;
	for my $reader (@readers) {
		wrong("$reader is no kind and no query of the reader")
		  if !($reader =~ m{^reader/} ? -e "$root/common/$reader.sql" : $kinds{$reader});
	}
	return ($function, @readers);
}

sub judge_columns {
	my %has;    # version -> "catalog column"
	for (@arguments) {
		my ($version, $file) = split /=/, $_, 2;
		$has{$version} = { map { $_ => 1 } lines_of($file) };
	}
	my @versions = sort { $a <=> $b } keys %has;
	my (%named, %rest);
	for my $line (lines_of("$root/tests/servers/data/catalogs.txt")) {
		my ($catalog, $columns, $until, $since, $sign, $text) =
		  $line =~ /^(\w+) ([\w *]+?)(?: \((<?)(\d+)\))? ([<-]) (.+)$/
		  or wrong("not understood: $line"), next;
		my @meant = grep { !defined $since || ($until ? $_ < $since : $_ >= $since) } @versions;
		my ($function, @readers) = $sign eq '<' ? readers_of($text) : ();
		for my $column (split ' ', $columns) {
			if ($column eq '*') {
				wrong("$line: only a reason can be for all") if $sign eq '<';
				$rest{$catalog} = 0;
				next;
			}
			my @with = grep { $has{$_}{"$catalog $column"} } @meant;
			wrong("no version has $catalog.$column") if !@with && @versions == @supported;
			for my $version (@with) {
				my $before = $named{$version}{"$catalog $column"} //= $sign;
				wrong("$catalog.$column is both read and not on PostgreSQL $version") if $before ne $sign;
			}
			for my $reader (@readers) {
				for my $version (@with) {
					next if mentions($reader, $version, $function // $column) && (defined $function || mentions($reader, $version, $catalog));
					wrong("$reader.sql does not read ", $function // "$catalog.$column", " on PostgreSQL $version");
					last;
				}
			}
		}
	}
	for my $version (@versions) {
		for my $column (sort keys %{ $has{$version} }) {
			next if defined $named{$version}{$column};
			my ($catalog) = split ' ', $column;
			defined $rest{$catalog} ? $rest{$catalog}++ : wrong("PostgreSQL $version has $column, of which nothing is said");
		}
	}
	wrong("$_ * names nothing") for grep { $rest{$_} == 0 && @versions == @supported } sort keys %rest;
}

sub judge_entries {
	my ($version, $list) = @arguments;
	my %said;
	for my $line (lines_of("$root/tests/servers/data/pg_dump_entries.txt")) {
		my ($entry, $since, $sign, $text) = $line =~ /^(\w[\w ]*?)(?: \((\d+)\))? ([<-]) (.+)$/ or wrong("not understood: $line"), next;
		wrong("$entry is there twice") if $said{$entry}++;
		readers_of($text) if $sign eq '<';
	}
	open my $in, '<', $list or die "$list: $!\n";
	my $count = 0;
	while (<$in>) {
		my ($what) = /^\d+; \d+ \d+ (.*)/ or next;
		$count++;
		wrong("of this entry nothing is said: $what") if !grep { $what =~ /^\Q$_\E / } keys %said;
	}
	wrong("the list has only $count entries") if $count < 100;
}

$mode eq 'columns' ? judge_columns() : judge_entries();
