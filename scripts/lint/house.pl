#!/usr/bin/perl
# house.pl - the house rules that a program can check.
#
# usage: perl scripts/lint/house.pl [FOLDER]      (FOLDER holds common/, export/ …; default ".")
#
# Each rule is a sub that gets a file and its lines; what it finds goes to stderr as
# path:line: text, and makes the exit status 1.

use strict;
use warnings;
use File::Find;

my $root = shift // '.';
chdir $root or die "house.pl: cannot enter $root: $!\n";

use constant MOST_FUNCTION_LINES => 80;
use constant MOST_FILE_LINES     => 800;
use constant MOST_COLUMNS        => 120;
use constant TAB                 => 4;

# An include may only point to the left (or stay in its own folder).
my @layers = qw(base postgres catalog kinds plan reader archive);
my %layer  = map { $layers[$_] => $_ } 0 .. $#layers;

# Only these folders may know what kinds of objects there are.
my @core = qw(catalog plan reader);

# Calls without a safe use, or whose place is elsewhere: [pattern, reason, where it is allowed].
my @banned = (
	[qr/\b(?:alloca|mktemp|tmpnam|tempnam)\s*\(/,       'has no safe use',                                   undef],
	[qr/\b(?:localtime|gmtime|ctime|asctime|strtok|rand|srand)\s*\(/, 'keeps hidden state: use the _r form', undef],
	[qr/\b(?:atof|atoi|atol|atoll)\s*\(/,               'cannot report an error: use strtol and check',      undef],
	[qr/(?<!_)\bexit\s*\(/,                             'only main ends the program',
		qr{^(?:common/base/(?:arena|digest)\.c|(?:export|import)/main\.c|tests/)}],
	[qr/(?<![_>.])\b(?:malloc|calloc|realloc|strdup|strndup|asprintf|vasprintf)\s*\(/,
		'use the x* functions or an arena (base/arena.h)', qr{^(?:common/base/arena\.c|tests/)}],
	[qr/\b(?:printf|puts|putchar|vprintf)\s*\(/,        'only main and the commands write to standard output',
		qr{^(?:export/|import/|tests/)}],
	[qr/\b(?:system|popen)\s*\(/,                       'runs a shell',                                       qr{^tests/}],
	[qr/\bsignal\s*\((?!\w+, SIG_(?:IGN|DFL))/,       'use sigaction',                                      undef],
	[qr/\bPQ(?:exec|escape\w*|unescape\w*)\s*\(/,       'statements go by the extended protocol, text by the SQL writer',
		qr{^common/postgres/}],
);

my $problems = 0;

sub problem {
	my ($file, $line, $text) = @_;
	print STDERR "$file:$line: $text\n";
	$problems++;
}

# Comments and string contents blanked, so that words in them are no code; lines stay lines.
sub code_of {
	my ($text) = @_;
	$text =~ s{(/\*.*?\*/)|(//[^\n]*)|("(?:\\.|[^"\\\n])*")|('(?:\\.|[^'\\\n])*')}{
		my $whole = defined $1 ? $1 : defined $2 ? $2 : defined $3 ? $3 : $4;
		defined $3 ? '""' : defined $4 ? "' '" : $whole =~ s/[^\n]//gr
	}gse;
	return split /\n/, $text, -1;
}

sub layer_of {
	my ($path) = @_;
	return $layer{$1} if $path =~ m{^common/(\w+)/} && exists $layer{$1};
	return undef;
}

sub check_includes {
	my ($file, $lines) = @_;
	my $own = layer_of($file);
	my $first = 1;
	my $number = 0;

	for my $line (@$lines) {
		$number++;
		next unless $line =~ /^\s*#\s*include\s*(["<])([^">]+)[">]/;
		my ($quote, $name) = ($1, $2);

		problem($file, $number, "build.h comes first") if $first && $file =~ /\.c$/ && $name ne 'build.h';
		$first = 0;
		problem($file, $number, "libpq is only for common/postgres")
			if $name =~ m{libpq} && $file !~ m{^(?:common/postgres/|tests/)};
		next if $quote eq '<';
		my ($folder) = $name =~ m{^(\w+)/};
		next unless defined $folder;
		problem($file, $number, "common may not include $folder/") if $file =~ m{^common/} && $folder =~ /^(?:export|import)$/;
		problem($file, $number, "export and import may not include each other")
			if ($file =~ m{^export/} && $folder eq 'import') || ($file =~ m{^import/} && $folder eq 'export');
		problem($file, $number, "layer $layers[$own] may not include $folder/")
			if defined $own && exists $layer{$folder} && $layer{$folder} > $own;
	}
}

sub check_lengths {
	my ($file, $lines) = @_;
	my $start;

	problem($file, scalar @$lines, 'file has ' . @$lines . ' lines, ' . MOST_FILE_LINES . ' are allowed')
		if @$lines > MOST_FILE_LINES;
	for my $i (0 .. $#$lines) {
		my $wide = $lines->[$i];

		1 while $wide =~ s/\t/' ' x (TAB - $-[0] % TAB)/e;
		utf8::decode($wide);
		problem($file, $i + 1, 'line has ' . length($wide) . ' columns, ' . MOST_COLUMNS . ' are allowed')
			if length($wide) > MOST_COLUMNS;
		problem($file, $i + 1, 'white space at the end of the line') if $lines->[$i] =~ /\s$/;
		next unless $file =~ /\.c$/;
		$start = $i if $lines->[$i] eq '{';
		if (defined $start && $lines->[$i] eq '}') {
			my $length = $i - $start - 1;

			problem($file, $start + 1, "function has $length lines, " . MOST_FUNCTION_LINES . ' are allowed')
				if $length > MOST_FUNCTION_LINES;
			undef $start;
		}
	}
}

sub check_calls {
	my ($file, $lines, $code) = @_;

	for my $i (0 .. $#$code) {
		for my $rule (@banned) {
			my ($pattern, $reason, $allowed) = @$rule;

			next if defined $allowed && $file =~ $allowed;
			next if $code->[$i] =~ /^\s*#/;
			problem($file, $i + 1, "$&: $reason") if $code->[$i] =~ $pattern;
		}
		problem($file, $i + 1, 'no typedef of structs, unions and enums') if $code->[$i] =~ /\btypedef\s+(?:struct|union|enum)\b/;
		problem($file, $i + 1, 'a static buffer inside a function') if $code->[$i] =~ /^\s+static\s+(?:unsigned\s+)?char\s+\w+\s*\[/;
		problem($file, $i + 1, 'sql_append knows no %s: use %I, %Q, %L or %X')
			if $code->[$i] =~ /\bsql_append\s*\(/ && $lines->[$i] =~ /%s/;
	}
}

# The names of all kinds are those of their query files.
my %kinds = map { m{([^/]+)\.sql$} ? ($1 => 1) : () } glob 'common/kinds/*.sql';

sub check_core_names_no_kind {
	my ($file, $lines, $code) = @_;

	return unless grep { $file =~ m{^common/$_/} } @core;
	for my $i (0 .. $#$lines) {
		next if $lines->[$i] =~ /^\s*#\s*include\s*"(?:catalog|plan|reader)\/\w+\.sql\.h"/;
		problem($file, $i + 1, "the core names the kind \"$1\"") if $code->[$i] =~ /\bkind_(\w+)\b(?!\s*\()/ && $kinds{$1};
		next if $code->[$i] !~ /""/;
		while ($lines->[$i] =~ /"(\w+)"/g) {
			problem($file, $i + 1, "the core names the kind \"$1\"") if $kinds{$1};
		}
	}
}

sub check_header_guard {
	my ($file, $lines) = @_;

	return unless $file =~ /\.h$/;
	my $guard = uc $file;
	$guard =~ s/[^A-Z0-9]/_/g;
	problem($file, 1, "header guard must be $guard") unless grep { $_ eq "#ifndef $guard" } @$lines;
}

sub check_query {
	my ($file, $lines) = @_;

	for my $i (0 .. $#$lines) {
		my $line = $lines->[$i] =~ s/--(?!@).*//r;

		problem($file, $i + 1, 'information_schema hides what the role may not use: read pg_catalog')
			if $line =~ /\binformation_schema\./;
		problem($file, $i + 1, 'a version guard is "--@ >=N" or "--@ <N", six digits, at the end of the line')
			if $line =~ /--\@/ && $line !~ /--\@ (?:>=|<)\d{6}(?: (?:>=|<)\d{6})?$/;
		problem($file, $i + 1, 'catalog tables are written pg_catalog.…')
			if $line =~ /\b(?:FROM|JOIN)\s+(?:LATERAL\s+)?(pg_\w+)\b(?!\.)/i;
	}
}

my @files;
find(
	{
		no_chdir => 1,
		wanted   => sub { push @files, $_ if -f && /\.(?:c|h|sql)$/ },
	},
	grep { -d } qw(common export import tests/unit tests/golden tests/bench tests/fuzz)
);
for my $file (sort @files) {
	open my $in, '<', $file or die "house.pl: cannot read $file: $!\n";
	my $text = do { local $/; <$in> };
	my @lines = split /\n/, $text, -1;

	pop @lines if @lines && $lines[-1] eq '';
	if ($file =~ /\.sql$/) {
		check_query($file, \@lines) if $file =~ m{^common/};
		next;
	}
	my @code = code_of($text);
	check_includes($file, \@lines);
	check_lengths($file, \@lines);
	check_calls($file, \@lines, \@code);
	check_core_names_no_kind($file, \@lines, \@code);
	check_header_guard($file, \@lines);
}
print "house rules: " . @files . " files, $problems problems\n";
exit($problems ? 1 : 0);
