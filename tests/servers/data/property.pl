#!/usr/bin/perl
# property.pl - a random schema and a random edit of it, from a seed.
#
# usage: property.pl SEED FOLDER
#
# writes FOLDER/old.sql (the schema), rows.sql (a few rows in each of its tables) and new.sql (the schema after
# the edit).  The same seed gives the same files.

use strict;
use warnings;

my ($seed, $folder) = @ARGV;

# Numbers of our own: perl's rand is not the same everywhere.
my $state = ($seed * 2654435761 + 12345) % 2147483647 || 1;

sub pick_number { my ($below) = @_; $state = $state * 16807 % 2147483647; return $state % $below }
sub pick { return @_ ? $_[pick_number(scalar @_)] : undef }
sub chance { my ($percent) = @_; return pick_number(100) < $percent }

my $counter = 0;

sub fresh {
	my ($stem) = @_;
	$counter++;
	return chance(12) ? pick("$stem $counter", "\u$stem$counter", "$stem\"$counter", "select$counter") : "$stem$counter";
}

sub quoted { my ($name) = @_; $name =~ s/"/""/g; return "\"$name\"" }
sub literal { my ($text) = @_; $text =~ s/'/''/g; return "'$text'" }

# type => a default, a value of row n as SQL, a check on column %s
my %types = (
	'integer' => ['(1 + 2)', 'n', '%s > -5 AND %s IS DISTINCT FROM 77'],
	'bigint' => ['42', 'n', '%s BETWEEN 0 AND 1000'],
	'smallint' => ['7', 'n', '%s <> ALL (ARRAY[100, 200])'],
	'text' => ["'x y'", "'t' || n", '%s <> ' . "'forbidden'"],
	'varchar(20)' => ["'short'", "'v' || n", "%s NOT IN ('a', 'b')"],
	'varchar(60)' => ["'longer'", "repeat('w', 25) || n", 'length(%s) < 100'],
	'numeric(8,2)' => ['0.5', 'n', '%s >= 0'],
	'numeric(14,2)' => ['1.25', 'n * 1000000', '%s >= 0'],
	'boolean' => ['true', 'n % 2 = 0', '%s OR NOT %s'],
	'date' => ['CURRENT_DATE', "DATE '2024-01-01' + n", "%s > DATE '2000-01-01'"],
	'timestamp with time zone' => ['now()', "TIMESTAMPTZ '2024-01-01 00:00:00+00' + n * interval '1 day'",
		"EXTRACT(year FROM %s AT TIME ZONE 'UTC') > 2000"],
	'jsonb' => ["'{}'", "jsonb_build_object('n', n)", "jsonb_typeof(%s) = 'object'"],
	'uuid' => ['gen_random_uuid()', 'gen_random_uuid()', '%s IS NOT NULL OR true'],
	'text[]' => ["ARRAY['a', 'b']", "ARRAY['r' || n]", 'cardinality(%s) < 10'],
);
my @type_names = sort keys %types;

sub new_column {
	my ($schema) = @_;
	my $type = chance(10) && @{ $schema->{enums} } ? pick(@{ $schema->{enums} }) : pick(@type_names);
	return { name => fresh('c'), type => $type, default => chance(40), not_null => chance(25), check => chance(20),
		comment => chance(15) ? fresh('note') : undef };
}

sub new_table {
	my ($schema) = @_;
	return { name => fresh('t'), columns => [map { new_column($schema) } 1 .. 1 + pick_number(5)],
		key => chance(80) ? pick('serial', 'identity', 'plain') : '', indexes => [], triggers => chance(20),
		policy => chance(20) ? pick('true', 'id > 1') : undef, parent => undef, comment => undef };
}

# Column 0 of each table is "id", which no edit touches.
sub new_schema {
	my $schema = { enums => [], functions => [], tables => [], views => [], sequences => [] };
	push @{ $schema->{enums} }, { name => fresh('e'), labels => ['one', 'two', "it's"] } for 1 .. pick_number(3);
	push @{ $schema->{functions} }, new_function() for 1 .. pick_number(3);
	push @{ $schema->{sequences} }, { name => fresh('s'), increment => 1 + pick_number(4) } for 1 .. pick_number(2);
	push @{ $schema->{tables} }, new_table($schema) for 1 .. 2 + pick_number(5);
	refer($_, $schema) for @{ $schema->{tables} };
	push @{ $_->{indexes} }, new_index($_) for grep { chance(60) } @{ $schema->{tables} };
	push @{ $schema->{views} }, new_view($schema) for 1 .. pick_number(4);
	return $schema;
}

sub new_function { return { name => fresh('f'), body => pick('SELECT $1 + 1', 'SELECT $1 * 2', 'SELECT 7'), cost => 10 + pick_number(9) } }

# A foreign key to an earlier table that has a key; cycles are another test's.
sub refer {
	my ($table, $schema) = @_;
	my @before;
	for (@{ $schema->{tables} }) { last if $_ == $table; push @before, $_ if $_->{key} }
	$table->{parent} = pick(@before) if @before && chance(40);
}

sub new_index {
	my ($table) = @_;
	my $column = pick(grep { !ref $_->{type} && $_->{type} ne 'jsonb' } @{ $table->{columns} }) or return ();
	return { name => fresh('i'), column => $column, where => chance(30), expression => chance(30) };
}

sub new_view {
	my ($schema) = @_;
	return { name => fresh('v'), table => pick(@{ $schema->{tables} }), materialized => chance(25),
		form => pick_number(3), comment => chance(30) ? fresh('seen') : undef };
}

sub type_of { my ($column) = @_; return ref $column->{type} ? 's.' . quoted($column->{type}{name}) : $column->{type} }

sub default_of {
	my ($column) = @_;
	return ref $column->{type} ? literal($column->{type}{labels}[0]) : $types{ $column->{type} }[0];
}

sub definition {
	my ($column) = @_;
	my $sql = quoted($column->{name}) . ' ' . type_of($column);
	$sql .= ' DEFAULT ' . default_of($column) if $column->{default};
	$sql .= ' NOT NULL' if $column->{not_null};
	if ($column->{check} && !ref $column->{type}) {
		my $check = $types{ $column->{type} }[2];
		my $name = quoted($column->{name});
		$check =~ s/%s/$name/g;
		$sql .= ' CONSTRAINT ' . quoted("check_$column->{name}") . " CHECK ($check)";
	}
	return $sql;
}

sub write_table {
	my ($table) = @_;
	my $name = 's.' . quoted($table->{name});
	my %keys = ('' => 'id integer', serial => 'id serial PRIMARY KEY', plain => 'id integer PRIMARY KEY',
		identity => 'id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY');
	my @parts = ($keys{ $table->{key} }, map { definition($_) } @{ $table->{columns} });
	push @parts, 'up integer REFERENCES s.' . quoted($table->{parent}{name}) if $table->{parent};
	my $sql = "CREATE TABLE $name (\n\t" . join(",\n\t", @parts) . "\n);\n";
	for my $column (grep { defined $_->{comment} } @{ $table->{columns} }) {
		$sql .= "COMMENT ON COLUMN $name." . quoted($column->{name}) . ' IS ' . literal($column->{comment}) . ";\n";
	}
	$sql .= "COMMENT ON TABLE $name IS " . literal($table->{comment}) . ";\n" if defined $table->{comment};
	for my $index (@{ $table->{indexes} }) {
		my $key = quoted($index->{column}{name});
		$key = "(($key)::text)" if $index->{expression} && $index->{column}{type} =~ /^(integer|bigint|varchar.*|smallint)$/;
		$sql .= 'CREATE INDEX ' . quoted($index->{name}) . " ON $name ($key)" . ($index->{where} ? ' WHERE id > 3' : '') . ";\n";
	}
	$sql .= "CREATE TRIGGER touch BEFORE UPDATE ON $name FOR EACH ROW WHEN (OLD.id > 0) EXECUTE FUNCTION s.touch();\n"
		if $table->{triggers};
	$sql .= "ALTER TABLE $name ENABLE ROW LEVEL SECURITY;\nCREATE POLICY p ON $name USING ($table->{policy});\n"
		if defined $table->{policy};
	return $sql;
}

sub write_view {
	my ($view) = @_;
	my @columns = map { quoted($_->{name}) } @{ $view->{table}{columns} };
	my $from = 's.' . quoted($view->{table}{name});
	my $kind = $view->{materialized} ? 'MATERIALIZED VIEW' : 'VIEW';
	my $name = 's.' . quoted($view->{name});
	my $query = $view->{form} == 0 ? 'SELECT ' . join(', ', 'id', @columns) . " FROM $from"
		: $view->{form} == 1 ? "SELECT count(*) AS n, max(id) AS top FROM $from WHERE id IN (1, 2, 3)"
		: "WITH x AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM $from) SELECT a.id, b.place FROM x a JOIN x b USING (id)";
	my $sql = "CREATE $kind $name AS $query;\n";
	$sql .= "COMMENT ON $kind $name IS " . literal($view->{comment}) . ";\n" if defined $view->{comment};
	return $sql;
}

sub write_schema {
	my ($schema) = @_;
	my $sql = "CREATE SCHEMA s;\nCREATE FUNCTION s.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n";
	$sql .= 'CREATE TYPE s.' . quoted($_->{name}) . ' AS ENUM (' . join(', ', map { literal($_) } @{ $_->{labels} }) . ");\n"
		for @{ $schema->{enums} };
	$sql .= 'CREATE SEQUENCE s.' . quoted($_->{name}) . " INCREMENT BY $_->{increment};\n" for @{ $schema->{sequences} };
	$sql .= 'CREATE FUNCTION s.' . quoted($_->{name}) . "(integer) RETURNS integer LANGUAGE sql IMMUTABLE COST $_->{cost} AS "
		. literal($_->{body}) . ";\n"
		for @{ $schema->{functions} };
	$sql .= write_table($_) for @{ $schema->{tables} };
	$sql .= write_view($_) for @{ $schema->{views} };
	return $sql;
}

sub write_rows {
	my ($schema) = @_;
	my $sql = '';
	for my $table (@{ $schema->{tables} }) {
		my @names = ('id', map { quoted($_->{name}) } @{ $table->{columns} });
		my @values = ('n', map {
			my $value = ref $_->{type} ? literal($_->{type}{labels}[1]) : "($types{ $_->{type} }[1])::" . type_of($_);
			$_->{not_null} || $_->{check} || chance(70) ? $value : 'NULL';
		} @{ $table->{columns} });
		$sql .= 'INSERT INTO s.' . quoted($table->{name}) . ' (' . join(', ', @names) . ') SELECT ' . join(', ', @values)
			. " FROM generate_series(1, 5) AS n;\n";
	}
	return $sql;
}

# Each changes the schema in one way.
my @edits = (
	sub { my ($s) = @_; push @{ $s->{tables} }, new_table($s); refer($s->{tables}[-1], $s) },
	sub { my ($s) = @_; push @{ pick(@{ $s->{tables} })->{columns} }, new_column($s) },
	sub {    # drop a column
		my ($s) = @_;
		my $table = pick(@{ $s->{tables} });
		return if @{ $table->{columns} } < 2;
		my $gone = splice @{ $table->{columns} }, pick_number(scalar @{ $table->{columns} }), 1;
		$table->{indexes} = [grep { $_->{column} != $gone } @{ $table->{indexes} }];
	},
	sub {    # another type
		my ($s) = @_;
		my $column = pick(@{ pick(@{ $s->{tables} })->{columns} });
		my %to = ('integer' => 'bigint', 'varchar(20)' => 'varchar(60)', 'varchar(60)' => pick('text', 'varchar(20)'),
			'numeric(8,2)' => 'numeric(14,2)', 'numeric(14,2)' => 'numeric(8,2)', 'smallint' => 'integer', 'bigint' => 'integer');
		$column->{type} = $to{ $column->{type} } if !ref $column->{type} && $to{ $column->{type} };
	},
	sub { my ($s) = @_; my $c = pick(@{ pick(@{ $s->{tables} })->{columns} }); $c->{not_null} = !$c->{not_null} },
	sub { my ($s) = @_; my $c = pick(@{ pick(@{ $s->{tables} })->{columns} }); $c->{default} = !$c->{default} },
	sub { my ($s) = @_; my $c = pick(@{ pick(@{ $s->{tables} })->{columns} }); $c->{check} = !$c->{check} },
	sub { my ($s) = @_; my $c = pick(@{ pick(@{ $s->{tables} })->{columns} }); $c->{comment} = chance(70) ? fresh('note') : undef },
	sub { my ($s) = @_; my $t = pick(@{ $s->{tables} }); push @{ $t->{indexes} }, new_index($t) },
	sub { my ($s) = @_; my $t = pick(@{ $s->{tables} }); my $i = pick(@{ $t->{indexes} }) or return; $i->{where} = !$i->{where} },
	sub { my ($s) = @_; my $t = pick(@{ $s->{tables} }); $t->{triggers} = !$t->{triggers} },
	sub { my ($s) = @_; my $t = pick(@{ $s->{tables} }); $t->{policy} = defined $t->{policy} && chance(40) ? undef : 'id < ' . pick_number(9) },
	sub { my ($s) = @_; my $t = pick(@{ $s->{tables} }); $t->{comment} = fresh('table') },
	sub { my ($s) = @_; push @{ $s->{views} }, new_view($s) },
	sub { my ($s) = @_; my $v = pick(@{ $s->{views} }) or return; $v->{form} = pick_number(3) },
	sub { my ($s) = @_; splice @{ $s->{views} }, 0, 1 },
	sub { my ($s) = @_; my $e = pick(@{ $s->{enums} }) or return; splice @{ $e->{labels} }, 1 + pick_number(2), 0, fresh('label') },
	sub { my ($s) = @_; my $f = pick(@{ $s->{functions} }) or return; $f->{body} = 'SELECT ' . pick_number(99) },
	sub { my ($s) = @_; push @{ $s->{functions} }, new_function() },
	sub { my ($s) = @_; my $q = pick(@{ $s->{sequences} }) or return; $q->{increment} = 1 + pick_number(9) },
	sub {    # drop a table that nothing stands on
		my ($s) = @_;
		my $table = $s->{tables}[-1];
		return if @{ $s->{tables} } < 2 || grep { $_->{table} == $table } @{ $s->{views} };
		pop @{ $s->{tables} };
	},
);

sub write_file {
	my ($name, $text) = @_;
	open my $file, '>', "$folder/$name" or die "$folder/$name: $!\n";
	print $file $text;
	close $file or die "$folder/$name: $!\n";
}

my $schema = new_schema();
write_file('old.sql', write_schema($schema));
write_file('rows.sql', write_rows($schema));
pick(@edits)->($schema) for 1 .. 1 + pick_number(8);
write_file('new.sql', write_schema($schema));
