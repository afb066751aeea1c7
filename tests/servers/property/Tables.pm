# Tables.pm - tables with their columns, constraints and partitions, and what belongs to a table.
#
# Each table has a column "id", which no edit touches and whose values are 1 to 5.
package Tables;

use strict;
use warnings;
use Exporter 'import';
use Model;
use Types;

our @EXPORT = qw(root_of columns_of insert_rows);

# --- columns -------------------------------------------------------------------------

# `clean`: a column of a table that has no rows, or whose rows are to fit what may come.
sub new_column {
	my ($schema, $table) = @_;
	my $type = random_type($schema, $table);
	my $column = { name => fresh('c'), type => $type, not_null => chance(20), check => chance(20) };
	$column->{type} = type_builtin('integer') if chance(20);
	my ($default, undef, $check, $ordered, $plain) = type_facts($column->{type});
	$column->{check} = 0 unless $check;
	my $name = $column->{type}{builtin} // '';
	my $function = $name =~ /^(integer|bigint|numeric)$/ ? pick(Types::plain_functions($schema, $table)) : undef;
	my $sequence = $name =~ /^(integer|bigint)$/ ? pick(earlier($schema, $table, 'sequence')) : undef;
	if (chance(40)) {
		$column->{default} = $function && chance(40) ? { function => $function } : $sequence && chance(30) ? { sequence => $sequence } : {};
	} elsif ($plain && chance(12)) {
		$column->{generated} = 1;
		$column->{check} = $column->{not_null} = 0;
		$column->{type} = type_builtin('text');
		my @from = grep { !$_->{generated} && (type_facts($_->{type}))[4] } @{ $table->{columns} };
		$column->{from} = pick(@from);
	}
	$column->{collation} = pick(earlier($schema, $table, 'collation')) if $name =~ /^(text|varchar.*)$/ && !$column->{generated} && chance(25);
	$column->{storage} = 'EXTERNAL' if $name =~ /^(text|bytea|jsonb)$/ && chance(15);
	$column->{statistics} = 50 if chance(8);
	$column->{distinct} = 9 if chance(5);
	$column->{compression} = 'pglz' if $version >= 14 && $name =~ /^(text|bytea|jsonb)$/ && chance(15);
	$column->{granted} = pick('SELECT', 'UPDATE', 'INSERT') if chance(8);
	# What rows a later constraint may stumble over.
	$column->{rows} = pick('', '', '', '', 'null', 'same', 'odd');
	$column->{rows} = '' if $column->{not_null} && $column->{rows} eq 'null' || $column->{check} && $column->{rows} eq 'odd';
	return $column;
}

sub default_of {
	my ($column) = @_;
	my $default = $column->{default};
	return qualified($default->{function}) . '(2)' if $default->{function};
	return 'nextval(' . literal(qualified($default->{sequence})) . '::regclass)' if $default->{sequence};
	return (type_facts($column->{type}))[0];
}

sub definition {
	my ($column) = @_;
	my $name = quoted($column->{name});
	my $sql = $name . ' ' . type_sql($column->{type});
	$sql .= ' COLLATE ' . qualified($column->{collation}) if $column->{collation};
	$sql .= ' GENERATED ALWAYS AS (' . ($column->{from} ? quoted($column->{from}{name}) : 'id') . '::text) STORED' if $column->{generated};
	$sql .= ' DEFAULT ' . default_of($column) if $column->{default} && !$column->{generated};
	$sql .= ' NOT NULL' if $column->{not_null};
	my $check = (type_facts($column->{type}))[2];
	if ($column->{check} && $check) {
		$check =~ s/%s/$name/g;
		$sql .= ' CONSTRAINT ' . quoted(substr("ok $column->{name}", 0, 60)) . " CHECK ($check)";
	}
	return $sql;
}

sub column_uses { my ($c) = @_; return ($c->{type}{object}, $c->{collation}, $c->{default} ? ($c->{default}{function}, $c->{default}{sequence}) : ()) }

# --- tables ----------------------------------------------------------------------------

sub root_of { my ($table) = @_; $table = $table->{of} while $table->{of}; return $table }
sub columns_of { my ($table) = @_; my $root = root_of($table); return (($root->{inherits} ? columns_of($root->{inherits}) : ()), @{ $root->{columns} }) }

sub new_table {
	my ($schema) = @_;
	my $table = { kind => 'table', ns => Types::namespace($schema), name => fresh('t'), columns => [], constraints => [], key => chance(80) ? pick('serial', 'identity', 'always', 'plain', 'bigserial') : '' };
	my @parents = grep { !$_->{of} && !$_->{partition_by} } objects($schema, 'table');
	if (@parents && chance(12)) {
		$table->{inherits} = pick(@parents);
		$table->{key} = '';
	} elsif (chance(22)) {
		$table->{partition_by} = pick('RANGE', 'LIST', 'HASH');
		$table->{key} = pick('', 'plain');
	}
	push @{ $schema->{objects} }, $table;    # columns may only stand on what comes before it
	push @{ $table->{columns} }, new_column($schema, $table) for 1 .. 1 + pick_number(4);
	pop @{ $schema->{objects} };
	$table->{unlogged} = 1 if !$table->{partition_by} && !$table->{inherits} && chance(8);
	$table->{fillfactor} = 70 if !$table->{partition_by} && chance(15);
	return $table;
}

# The next part of a partitioned table that none has yet.
sub new_partition {
	my ($schema) = @_;
	my $parent = pick(grep { $_->{partition_by} } objects($schema, 'table')) or return;
	my $depth = $parent->{of} ? $parent->{of}{of} ? 2 : 1 : 0;
	my $place = $parent->{parts}++;
	return if $parent->{partition_by} eq 'HASH' && $place > 2;
	my $part = { kind => 'table', ns => Types::namespace($schema), name => fresh('p'), of => $parent, place => $place, columns => [], constraints => [], key => '' };
	$part->{partition_by} = pick('HASH', 'LIST', 'RANGE') if $depth < 2 && $place < 2 && chance(35);
	$part->{apart} = pick('attached', 'detached') if $place && !$part->{partition_by} && chance(25);
	return $part;
}

sub bounds {
	my ($part) = @_;
	my ($by, $n) = ($part->{of}{partition_by}, $part->{place});
	return "FOR VALUES WITH (MODULUS 3, REMAINDER $n)" if $by eq 'HASH';
	return 'DEFAULT' if $n == 0;
	return 'FOR VALUES FROM (' . ($n == 1 ? 'MINVALUE' : 1000 * $n) . ') TO (' . ($n == 1 ? 3 : 1000 * $n + 1000) . ')' if $by eq 'RANGE';
	return 'FOR VALUES IN (' . ($n == 1 ? '1, 2' : "10$n") . ')';
}

my %keys = ('' => 'id integer', serial => 'id serial', plain => 'id integer', bigserial => 'id bigserial',
	identity => 'id integer GENERATED BY DEFAULT AS IDENTITY', always => 'id integer GENERATED ALWAYS AS IDENTITY (START WITH 100)');

sub write_table {
	my ($table) = @_;
	my $name = qualified($table);
	my $by = $table->{partition_by} ? " PARTITION BY $table->{partition_by} (id)" : '';
	return "CREATE TABLE $name (LIKE " . qualified($table->{of}) . " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED);\n" if $table->{apart};
	return 'CREATE TABLE ' . $name . ' PARTITION OF ' . qualified($table->{of}) . ' ' . bounds($table) . $by . ";\n" if $table->{of};
	my @parts = ($table->{inherits} ? () : $keys{ $table->{key} }, map { definition($_) } @{ $table->{columns} });
	push @parts, 'PRIMARY KEY (id)' . ($table->{key_late} ? ' DEFERRABLE' : '') if $table->{key};
	my $sql = 'CREATE ' . ($table->{unlogged} ? 'UNLOGGED ' : '') . "TABLE $name (\n\t" . join(",\n\t", @parts) . "\n)"
		. ($table->{inherits} ? ' INHERITS (' . qualified($table->{inherits}) . ')' : '') . $by
		. ($table->{fillfactor} ? " WITH (fillfactor = $table->{fillfactor})" : '') . ";\n";
	for my $column (@{ $table->{columns} }) {
		my $alter = "ALTER TABLE $name ALTER COLUMN " . quoted($column->{name});
		$sql .= "$alter SET STORAGE $column->{storage};\n" if $column->{storage};
		$sql .= "$alter SET STATISTICS $column->{statistics};\n" if $column->{statistics};
		$sql .= "$alter SET (n_distinct = $column->{distinct});\n" if $column->{distinct};
		$sql .= "$alter SET COMPRESSION $column->{compression};\n" if $column->{compression};
		$sql .= "GRANT $column->{granted} (" . quoted($column->{name}) . ") ON TABLE $name TO property_one;\n" if $column->{granted};
		$sql .= "COMMENT ON COLUMN $name." . quoted($column->{name}) . ' IS ' . literal($column->{comment}) . ";\n" if defined $column->{comment};
	}
	return $sql . join('', map { write_constraint($table, $_) } grep { $_->{type} ne 'foreign' } @{ $table->{constraints} });
}

# Foreign keys come once all tables are there, so that they may make cycles.
sub write_later {
	my ($table) = @_;
	my $name = qualified($table);
	my $sql = ($table->{apart} // '') eq 'attached' ? 'ALTER TABLE ' . qualified($table->{of}) . " ATTACH PARTITION $name " . bounds($table) . ";\n" : '';
	$sql .= join '', map { write_constraint($table, $_) } grep { $_->{type} eq 'foreign' } @{ $table->{constraints} };
	$sql .= "ALTER TABLE $name REPLICA IDENTITY $table->{replica};\n" if $table->{replica};
	$sql .= "ALTER TABLE $name ENABLE ROW LEVEL SECURITY;\n" if $table->{row_security};
	$sql .= "ALTER TABLE $name FORCE ROW LEVEL SECURITY;\n" if $table->{row_force};
	return $sql;
}

sub table_uses {
	my ($table) = @_;
	return ($table->{of}, $table->{inherits}, (map { column_uses($_) } @{ $table->{columns} }), (map { ($_->{target}, $_->{function}) } @{ $table->{constraints} }));
}

sub own_columns { my ($table) = @_; return @{ $table->{columns} } }

# Columns that a key or an index may have.
sub ordered_columns { my ($table) = @_; return grep { (type_facts($_->{type}))[3] } columns_of($table) }

sub column_is_used {
	my ($schema, $column) = @_;
	for my $object (@{ $schema->{objects} }) {
		return 1 if grep { ($_ // 0) == $column } @{ $object->{on} // [] };
		return 1 if grep { grep { $_ == $column } @{ $_->{on} // [] } } @{ $object->{constraints} // [] };
		return 1 if grep { ($_->{from} // 0) == $column } @{ $object->{columns} // [] };
	}
	return 0;
}

# --- constraints -------------------------------------------------------------------------

# A key that foreign keys may refer to has no partitioned table below it.
sub new_constraint {
	my ($schema, $table, $has_rows) = @_;
	return if $table->{of};
	my $type = pick('unique', 'unique', 'check', 'check', 'exclude', 'foreign', 'foreign', 'foreign');
	my $constraint = { type => $type, name => chance(60) ? fresh('k') : undef, on => [] };
	if ($type eq 'unique') {
		return if $table->{partition_by};
		my $column = pick(grep { !$has_rows || (!$_->{generated} && $_->{rows} ne 'same') } ordered_columns($table)) or return;
		return if $has_rows && grep { $_ eq ($column->{type}{builtin} // 'enum') } 'boolean', 'enum', 'bit(4)';
		@$constraint{qw(on deferrable nulls include)} = ([$column], chance(20), chance(15), chance(15));
	} elsif ($type eq 'check') {
		my $function = pick(Types::plain_functions($schema, $table));
		my $column = pick(grep { ($_->{type}{builtin} // '') eq 'integer' && !$_->{generated} } @{ $table->{columns} });
		@$constraint{qw(on function limit)} = ($column ? [$column] : [], $has_rows || chance(60) ? $function : undef, $has_rows ? 2000 : pick(0, 4, 2000));
		$constraint->{local} = 1 if !$table->{partition_by} && chance(10);
		$constraint->{unvalidated} = 1 if chance(10);
	} elsif ($type eq 'exclude') {
		return if $table->{partition_by};
		my $column = pick(grep { ($_->{type}{builtin} // '') =~ /^(int4range|integer|inet)$/ && (!$has_rows || $_->{rows} ne 'same') } columns_of($table)) or return;
		$constraint->{on} = [$column];
	} else {
		my $column = pick(grep { ($_->{type}{builtin} // '') =~ /^(integer|bigint)$/ && !$_->{generated} && (!$has_rows || $_->{rows} ne 'odd') } @{ $table->{columns} }) or return;
		return if $table->{unlogged};
		my @targets = grep { $_->{key} && !$_->{key_late} && !$_->{unlogged} && !($has_rows && $_->{partition_by}) } objects($schema, 'table');
		# Or to a unique constraint of its own type.
		my @unique = map { my $t = $_; map { [$t, $_] } grep { $_->{type} eq 'unique' && !$_->{deferrable} && ($_->{on}[0]{type}{builtin} // '') eq $column->{type}{builtin} } @{ $t->{constraints} } }
			grep { !$_->{unlogged} } objects($schema, 'table');
		$constraint->{on} = [$column];
		if (@unique && chance(45)) {
			my $chosen = pick(@unique);
			return if $has_rows && ($chosen->[1]{on}[0]{rows} || $chosen->[1]{on}[0]{generated});
			@$constraint{qw(target key)} = @$chosen;
			push @{ $constraint->{on} }, $chosen->[1]{on}[0];
		} else {
			return unless @targets;
			$constraint->{target} = pick(@targets);
		}
		# Rows of 1 to 5 are everywhere, but not in tables that come without any.
		$constraint->{action} = pick('', '', ' ON DELETE CASCADE', ' ON DELETE SET NULL', ' ON UPDATE CASCADE');
		$constraint->{deferrable} = chance(20);
		$constraint->{unvalidated} = 1 if chance(10) && !$table->{partition_by};
	}
	return $constraint;
}

sub write_constraint {
	my ($table, $constraint) = @_;
	my $on = @{ $constraint->{on} } ? quoted($constraint->{on}[0]{name}) : 'id';
	my $sql = 'ALTER TABLE ' . qualified($table) . ' ADD ' . (defined $constraint->{name} ? 'CONSTRAINT ' . quoted($constraint->{name}) . ' ' : '');
	my $type = $constraint->{type};
	if ($type eq 'unique') {
		$sql .= 'UNIQUE' . ($constraint->{nulls} && $version >= 15 ? ' NULLS NOT DISTINCT' : '') . " ($on)" . ($constraint->{include} ? ' INCLUDE (id)' : '');
	} elsif ($type eq 'check') {
		my $call = $constraint->{function} ? qualified($constraint->{function}) . "(($on)::integer) < $constraint->{limit} + 1000" : "$on < $constraint->{limit}";
		$sql .= "CHECK ($call)" . ($constraint->{local} ? ' NO INHERIT' : '');
	} elsif ($type eq 'exclude') {
		my $builtin = $constraint->{on}[0]{type}{builtin};
		$sql .= $builtin eq 'int4range' ? "EXCLUDE USING gist ($on WITH &&)" : "EXCLUDE USING btree ($on WITH =) WHERE (id > 1)";
	} else {
		$sql .= "FOREIGN KEY ($on) REFERENCES " . qualified($constraint->{target})
			. ($constraint->{key} ? ' (' . quoted($constraint->{key}{on}[0]{name}) . ')' : '') . $constraint->{action};
	}
	$sql .= ' DEFERRABLE' if $constraint->{deferrable};
	$sql .= ' NOT VALID' if $constraint->{unvalidated};
	return "$sql;\n";
}

# Whether a foreign key needs this constraint, or the key of this table.
sub is_referred_to {
	my ($schema, $table, $constraint) = @_;
	return 1 if !$constraint && grep { ($_->{form} // '') eq 'keyed' && $_->{from} == $table } @{ $schema->{objects} };
	return grep { grep { $_->{type} eq 'foreign' && $_->{target} == $table && ($_->{key} // 0) == ($constraint // 0) } @{ $_->{constraints} } } objects($schema, 'table');
}

# --- edits -------------------------------------------------------------------------------

sub random_column { my ($table) = @_; return pick(@{ $table->{columns} }) // {} }

my %retypes = ('integer' => 'bigint', 'varchar(20)' => 'varchar(60)', 'varchar(60)' => 'text', 'numeric(8,2)' => 'numeric(14,2)', 'numeric(14,2)' => 'numeric',
	'smallint' => 'integer', 'bigint' => 'integer', 'text' => 'varchar(60)', 'real' => 'double precision', 'date' => 'timestamp with time zone', 'json' => 'jsonb', 'varchar' => 'text');

# Whether what stands on the column can stand on it with another type, too.
sub may_become {
	my ($schema, $column, $to) = @_;
	return 0 if $column->{default} && ($column->{default}{function} || $column->{default}{sequence}) && $to !~ /^(integer|bigint)$/;
	return 1 unless column_is_used($schema, $column);
	# Foreign keys have the type of what they refer to, or a wider one of the key's.
	return 0 if grep { grep { $_->{type} eq 'foreign' && grep { ($_ // 0) == $column } @{ $_->{on} } } @{ $_->{constraints} // [] } } @{ $schema->{objects} };
	return $builtin{$to}[3] && $builtin{$to}[4];
}

my @edits = (
	(sub { my ($s, $t) = @_; push @{ $t->{columns} }, new_column($s, $t) unless $t->{of} }) x 3,
	sub {    # a column that nothing uses goes
		my ($s, $t) = @_;
		my $column = random_column($t);
		return if @{ $t->{columns} } < 2 || column_is_used($s, $column);
		$t->{columns} = [grep { $_ != $column } @{ $t->{columns} }];
	},
	(sub {
		my ($s, $t) = @_;
		my $c = random_column($t);
		my $to = $retypes{ $c->{type}{builtin} // '' } or return;
		return if $c->{generated} || !may_become($s, $c, $to);
		delete @$c{qw(storage compression)};
		$c->{check} = 0 unless $builtin{$to}[2];
		$c->{type} = type_builtin($to);
	}) x 3,
	(sub { my ($s, $t) = @_; my $c = random_column($t); $c->{not_null} = !$c->{not_null} }) x 2,
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{default} = $c->{default} ? undef : {} unless $c->{generated} },
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{check} = !$c->{check} unless !$c->{type} || $c->{generated} },
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{comment} = chance(70) ? fresh('note') : undef },
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{name} = fresh('renamed') if $c->{name} },
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{statistics} = pick(undef, 10, 99) },
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{generated} = !$c->{generated} if ($c->{type}{builtin} // '') eq 'text' && !$c->{default} && !$c->{check} && !$c->{collation} && !column_is_used($s, $c) },
	sub { my ($s, $t) = @_; my $c = random_column($t); my $f = pick(Types::plain_functions($s, $t)); $c->{default} = { function => $f } if $f && ($c->{type}{builtin} // '') eq 'integer' },
	(sub { my ($s, $t) = @_; push @{ $t->{constraints} }, new_constraint($s, $t) // () }) x 4,
	sub { my ($s, $t) = @_; my $k = pick(@{ $t->{constraints} }) or return; $t->{constraints} = [grep { $_ != $k } @{ $t->{constraints} }] unless is_referred_to($s, $t, $k) },
	sub { my ($s, $t) = @_; my $k = pick(@{ $t->{constraints} }) or return; $k->{unvalidated} = 0 },    # the other way round production is better off
	sub { my ($s, $t) = @_; my $k = pick(@{ $t->{constraints} }) or return; $k->{deferrable} = !$k->{deferrable} if $k->{type} eq 'foreign' },
	sub { my ($s, $t) = @_; my $k = pick(@{ $t->{constraints} }) or return; $k->{action} = pick('', ' ON DELETE CASCADE') if $k->{type} eq 'foreign' },
	(sub { my ($s, $t) = @_; my %to = (serial => 'identity', identity => 'always', plain => 'identity', '' => 'plain', always => 'identity', bigserial => 'serial');
		$t->{key} = $to{ $t->{key} } unless $t->{of} || $t->{inherits} || ($t->{partition_by} && $t->{key} ne '') || is_inherited($s, $t) }) x 2,
	sub { my ($s, $t) = @_; $t->{key_late} = !$t->{key_late} if $t->{key} && !is_referred_to($s, $t, undef) },
	sub { my ($s, $t) = @_; $t->{fillfactor} = pick(undef, 80, 90) unless $t->{partition_by} || $t->{of} },
	sub { my ($s, $t) = @_; $t->{replica} = pick(undef, 'FULL', 'NOTHING') },
	sub { my ($s, $t) = @_; $t->{row_security} = !$t->{row_security} },
	sub { my ($s, $t) = @_; $t->{row_force} = !$t->{row_force} },
	sub { my ($s, $t) = @_; $t->{unlogged} = !$t->{unlogged} if !$t->{partition_by} && !$t->{of} && !$t->{inherits} && !grep({ $_->{type} eq 'foreign' } @{ $t->{constraints} }) && !is_referred_to($s, $t, undef)
		&& !grep({ is_referred_to($s, $t, $_) } @{ $t->{constraints} }) && !grep({ grep { $_ == $t } @{ $_->{relations} } } objects($s, 'publication')) },
	sub { my ($s, $t) = @_; $t->{name} = fresh('moved') },
	(sub { my ($s, $t) = @_; $t->{apart} = $t->{apart} eq 'attached' ? 'detached' : 'attached' if $t->{apart} }) x 3,
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{distinct} = pick(undef, 5, -0.5) },
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{granted} = pick(undef, 'SELECT', 'UPDATE') },
	sub { my ($s, $t) = @_; my $c = random_column($t); $c->{storage} = pick(undef, 'EXTERNAL', 'MAIN') if ($c->{type}{builtin} // '') =~ /^(text|bytea|jsonb)$/ },
	sub { my ($s, $t) = @_; my $k = pick(@{ $t->{constraints} }) or return; $k->{name} = fresh('k'); },
	sub { my ($s, $t) = @_; my $k = pick(@{ $t->{constraints} }) or return; $k->{include} = !$k->{include} if $k->{type} eq 'unique' },
	# to another schema
	sub {
		my ($s, $t) = @_;
		$t->{ns} = pick(earlier($s, $t, 'schema')) // $t->{ns};
		delete $_->{owner_table} for grep { ($_->{owner_table} // 0) == $t } objects($s, 'sequence');
	},
	sub { my ($s, $t) = @_; $t->{inherits} = undef if $t->{inherits} && 0 },
);

sub is_inherited { my ($schema, $table) = @_; return grep { ($_->{inherits} // 0) == $table } objects($schema, 'table') }

$kinds{table} = {
	make => sub { my ($s) = @_; return chance(35) && new_partition($s) || new_table($s) },
	write => \&write_table, later => \&write_later, uses => \&table_uses,
	address => sub { my ($o) = @_; return 'TABLE ' . qualified($o) },
	privileges => ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRIGGER'], owned => 1, edits => \@edits,
};

# --- rows --------------------------------------------------------------------------------

sub value_of {
	my ($column) = @_;
	my (undef, $value) = type_facts($column->{type});
	# As an expression of n, in which no name is.
	$value =~ s/\bn\b(?!")/least(n, 4)/g if $column->{rows} eq 'same' && $column->{type}{builtin};
	$value = "($value)::" . type_sql($column->{type});
	my $builtin = $column->{type}{builtin} // '';
	return "CASE WHEN n < 5 THEN $value END" if $column->{rows} eq 'null';
	return "CASE WHEN n < 5 THEN $value ELSE 70 END" if $column->{rows} eq 'odd' && $builtin =~ /^(integer|bigint|smallint)$/;
	return $value;
}

# Rows of a table that may become a partition: most would fit it.
sub apart_id {
	my ($table) = @_;
	return 'n' if $table->{place} % 3 == 2;
	return "1000 * $table->{place} + n" if $table->{of}{partition_by} eq 'RANGE' && $table->{place} > 1;
	return $table->{place} == 1 ? '1' : "10$table->{place}" if $table->{of}{partition_by} eq 'LIST';
	return 'n';
}

sub insert_rows {
	my ($table) = @_;
	return '' if $table->{of} && ($table->{apart} // '') ne 'detached';
	my @columns = grep { !$_->{generated} } columns_of($table);
	my $insert = 'INSERT INTO ' . qualified($table) . ' (' . join(', ', 'id', map { quoted($_->{name}) } @columns) . ')'
		. (($table->{key} // '') eq 'always' ? ' OVERRIDING SYSTEM VALUE' : '') . ' SELECT ' . join(', ', $table->{of} ? apart_id($table) : 'n', map { value_of($_) } @columns)
		. ' FROM generate_series(';
	return "${insert}1, 5) AS n;\n" unless $table->{partition_by};
	# Not every row has a partition to go to.
	return "DO \$fill\$ BEGIN FOR i IN 1 .. 5 LOOP\n\tBEGIN ${insert}i, i) AS n; EXCEPTION WHEN check_violation THEN NULL; END;\nEND LOOP; END \$fill\$;\n";
}

1;
