# Others.pm - views and what stands on relations: indexes, triggers, rules, policies, statistics, publications, foreign data.
package Others;

use strict;
use warnings;
use Model;
use Types;
use Tables;

# The columns of any relation: [name, builtin type or ''].
sub outputs {
	my ($relation) = @_;
	return (['id', 'integer'], map { [$_->{name}, $_->{type}{builtin} // ''] } columns_of($relation)) if $relation->{kind} eq 'table';
	return (['id', 'integer'], ['extra', 'text']) if $relation->{kind} eq 'foreign_table';
	return (['id', 'integer'], ['place', 'bigint']) if $relation->{form} eq 'window';
	return (['id', 'integer'], ['total', 'bigint']) if $relation->{form} eq 'groups';
	return (['id', 'integer'], ['called', 'integer']) if $relation->{form} eq 'calls';
	return (['id', 'integer'], ['whole', '']) if $relation->{form} eq 'row';
	return (['id', 'integer'], ['first', '']) if $relation->{form} eq 'keyed';
	return (['id', 'integer'], ['told', 'text']) if $relation->{form} =~ /^(told|union)$/;
	return (['id', 'integer']) if $relation->{form} eq 'rows_of';
	return outputs($relation->{from}) if $relation->{form} eq 'all';
	return (['id', 'integer'], ['other', 'integer']);
}

sub view_query {
	my ($view) = @_;
	my $from = qualified($view->{from});
	my $form = $view->{form};
	return 'SELECT ' . join(', ', map { quoted($_->[0]) } outputs($view->{from})) . " FROM $from" . ($view->{where} ? ' WHERE id IN (1, 2, 3)' : '') if $form eq 'all';
	return "WITH x AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM $from) SELECT a.id, b.place FROM x a JOIN x b USING (id)" if $form eq 'window';
	return "SELECT id, count(*) AS total FROM $from GROUP BY id" . ($view->{where} ? ' HAVING count(*) >= 0' : '') if $form eq 'groups';
	return 'SELECT id, ' . qualified($view->{function}) . "(id::integer)::integer AS called FROM $from" if $form eq 'calls';
	return "SELECT x.id, x AS whole FROM $from x" if $form eq 'row';
	return 'SELECT id, ' . quoted($view->{column}{name}) . " AS first FROM $from GROUP BY id" if $form eq 'keyed';
	return 'SELECT id, ' . quoted($view->{column}{name}) . "::text AS told FROM $from x" . ($view->{where} ? ' WHERE ' . quoted($view->{column}{name}) . ' IS NOT NULL' : '') if $form eq 'told';
	return "SELECT id, 'a' AS told FROM $from UNION ALL SELECT id, 'b'::text FROM " . qualified($view->{second}) if $form eq 'union';
	return 'SELECT x.id FROM ' . qualified($view->{function}) . '(1) x' if $form eq 'rows_of';
	return "SELECT a.id, b.id AS other FROM $from a LEFT JOIN " . qualified($view->{second}) . ' b ON a.id = b.id';
}

sub new_view {
	my ($schema, $kind) = @_;
	my $from = pick(objects($schema, qw(table view materialized_view))) or return;
	my $view = { kind => $kind, ns => Types::namespace($schema), name => fresh('v'), from => $from, where => chance(30), second => $from };
	$view->{function} = pick(grep { $_->{form} =~ /^(plain|reads)$/ } objects($schema, 'function'));
	$view->{second} = pick(objects($schema, qw(table view)));
	$view->{column} = pick(columns_of($from)) if $from->{kind} eq 'table';
	$view->{on} = [$view->{column}] if $view->{column};
	$view->{form} = pick('all', 'all', $view->{column} ? ('told') x 2 : (), $view->{column} && $from->{key} && !$from->{key_late} && !$from->{of} ? ('keyed') x 2 : (),
		'union', 'window', 'groups', 'row', $view->{second} ? 'join' : 'all', $view->{function} ? ('calls') x 2 : 'all');
	my $rows = chance(15) ? pick(grep { $_->{form} eq 'rows' } objects($schema, 'function')) : undef;
	@$view{qw(form function)} = ('rows_of', $rows) if $rows;
	$view->{second} = $from if $view->{form} eq 'union' && !$view->{second};
	delete $view->{on} unless $view->{form} =~ /^(told|keyed)$/;
	return $view;
}

sub view_uses { my ($o) = @_; return ($o->{from}, $o->{form} =~ /^(calls|rows_of)$/ ? $o->{function} : undef, $o->{form} =~ /^(join|union)$/ ? $o->{second} : undef) }

# Another form, standing on nothing new.
sub another_form {
	my ($schema, $o) = @_;
	return if $o->{form} eq 'rows_of';
	$o->{second} = $o->{from};
	$o->{form} = pick('all', 'window', 'groups', 'row', 'join', 'union', $o->{function} && grep({ $_ == $o->{function} } earlier($schema, $o, 'function')) ? 'calls' : 'all')
		unless grep { $_->{form} && $_->{form} =~ /^(rows|of)$/ && $_->{relation} == $o } objects($schema, 'function');
	delete $o->{on} unless $o->{form} =~ /^(told|keyed)$/;
}

$kinds{view} = {
	make => sub { my ($s) = @_; return new_view($s, 'view') },
	write => sub {
		my ($o) = @_;
		my @options = ($o->{barrier} ? 'security_barrier = true' : (), $o->{invoker} && $version >= 15 ? 'security_invoker = true' : ());
		return 'CREATE VIEW ' . qualified($o) . (@options ? ' WITH (' . join(', ', @options) . ')' : '') . ' AS ' . view_query($o)
			. ($o->{checked} && $o->{form} eq 'all' && $o->{from}{kind} eq 'table' ? ' WITH LOCAL CHECK OPTION' : '') . ";\n";
	},
	uses => \&view_uses,
	address => sub { my ($o) = @_; return 'VIEW ' . qualified($o) },
	privileges => ['SELECT', 'INSERT'], owned => 1,
	edits => [
		(\&another_form) x 3,
		sub { my ($s, $o) = @_; $o->{where} = !$o->{where} },
		sub { my ($s, $o) = @_; $o->{barrier} = !$o->{barrier} },
		sub { my ($s, $o) = @_; $o->{invoker} = !$o->{invoker} },
		sub { my ($s, $o) = @_; $o->{checked} = !$o->{checked} },
		sub { my ($s, $o) = @_; $o->{name} = fresh('moved') },
	],
};

$kinds{materialized_view} = {
	make => sub { my ($s) = @_; return new_view($s, 'materialized_view') },
	write => sub { my ($o) = @_; return 'CREATE MATERIALIZED VIEW ' . qualified($o) . ($o->{fillfactor} ? " WITH (fillfactor = $o->{fillfactor})" : '') . ' AS ' . view_query($o) . ";\n"
		. (defined $o->{column_note} ? 'COMMENT ON COLUMN ' . qualified($o) . '.id IS ' . literal($o->{column_note}) . ";\n" : '') },
	uses => \&view_uses,
	address => sub { my ($o) = @_; return 'MATERIALIZED VIEW ' . qualified($o) },
	privileges => ['SELECT'], owned => 1,
	edits => [
		(\&another_form) x 2,
		sub { my ($s, $o) = @_; $o->{where} = !$o->{where} },
		sub { my ($s, $o) = @_; $o->{fillfactor} = pick(undef, 60, 80) },
		sub { my ($s, $o) = @_; $o->{column_note} = chance(70) ? fresh('note') : undef },
	],
};

# --- of a relation -------------------------------------------------------------------------

$kinds{index} = {
	make => sub {
		my ($s) = @_;
		my $relation = pick(objects($s, qw(table table materialized_view))) or return;
		my $index = { kind => 'index', name => fresh('i'), relation => $relation, where => chance(25), on => [], unique => chance(15) };
		return $index if $relation->{kind} eq 'materialized_view';
		$index->{unique} = 0 if $relation->{partition_by} || $relation->{inherits};
		my $column = pick(grep { (type_facts($_->{type}))[3] } Tables::columns_of($relation)) or return $index;
		my $function = pick(Types::plain_functions($s));
		$index->{function} = $function if $function && chance(25) && ($column->{type}{builtin} // '') eq 'integer';
		$index->{on} = [$column];
		$index->{unique} = 0 if $column->{rows} eq 'same' || $column->{generated} || ($column->{type}{builtin} // 'enum') =~ /^(boolean|enum|bit)/ || $index->{function};
		$index->{include} = 1 if !$relation->{partition_by} && chance(10);
		$index->{leading} = 1 if chance(15);
		$index->{text} = 1 if (type_facts($column->{type}))[4] && chance(20);
		return $index;
	},
	write => sub {
		my ($o) = @_;
		my $key = @{ $o->{on} } ? quoted($o->{on}[0]{name}) : 'id';
		my $plain = @{ $o->{on} } && (type_facts($o->{on}[0]{type}))[4];
		$key = '(' . qualified($o->{function}) . "(($key)::integer))" if $o->{function};
		$key = "(($key)::text)" if $o->{text} && $plain && !$o->{function};
		return 'CREATE ' . ($o->{unique} ? 'UNIQUE ' : '') . 'INDEX ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) . ' (' . ($o->{leading} ? 'id, ' : '') . $key . ($o->{descending} ? ' DESC' : '') . ')' . ($o->{include} ? ' INCLUDE (id)' : '')
			. ($o->{fillfactor} ? " WITH (fillfactor = $o->{fillfactor})" : '') . ($o->{where} ? ' WHERE id > 3' : '') . ";\n";
	},
	later => sub { my ($o) = @_; return $o->{clustered} ? 'ALTER ' . ($o->{relation}{kind} eq 'table' ? 'TABLE ' : 'MATERIALIZED VIEW ') . qualified($o->{relation}) . ' CLUSTER ON ' . quoted($o->{name}) . ";\n" : '' },
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{function}) },
	address => sub { my ($o) = @_; return 'INDEX ' . quoted($o->{relation}{ns}{name}) . '.' . quoted($o->{name}) }, no_alter => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{where} = !$o->{where} unless $o->{clustered} },
		sub { my ($s, $o) = @_; $o->{descending} = !$o->{descending} },
		sub { my ($s, $o) = @_; $o->{leading} = !$o->{leading} if @{ $o->{on} } && !$o->{unique} },
		sub { my ($s, $o) = @_; $o->{clustered} = !$o->{clustered} unless $o->{where} || $o->{relation}{partition_by} || grep { $_ != $o && $_->{clustered} && $_->{relation} == $o->{relation} } objects($s, 'index') },
		sub { my ($s, $o) = @_; $o->{fillfactor} = pick(undef, 60, 80) unless $o->{relation}{partition_by} },
		sub { my ($s, $o) = @_; $o->{name} = fresh('moved') },
		sub { my ($s, $o) = @_; $o->{unique} = !$o->{unique} unless $o->{relation}{partition_by} || $o->{relation}{of} },
	],
};

$kinds{trigger} = {
	make => sub {
		my ($s) = @_;
		my $table = pick(grep { !$_->{of} } objects($s, 'table')) or return;
		my $function = pick(grep { $_->{form} eq 'trigger' } objects($s, 'function')) or return;
		my @own = @{ $table->{columns} };
		my $view = chance(25) ? pick(objects($s, 'view')) : undef;
		return { kind => 'trigger', name => fresh('w'), relation => $view, function => $function, time => 'INSTEAD OF', each => 'ROW', on => [] } if $view;
		return { kind => 'trigger', name => fresh('w'), relation => $table, function => $function, time => pick('BEFORE', 'AFTER'), each => 'ROW', when => chance(40),
			on => @own && chance(50) ? [pick(@own)] : [], compares => chance(50),
			constraint => chance(15), argument => chance(20) ? "it's" : undef };
	},
	write => sub {
		my ($o) = @_;
		my $column = $o->{compares} && @{ $o->{on} } && !$o->{on}[0]{generated} && (type_facts($o->{on}[0]{type}))[3] ? quoted($o->{on}[0]{name}) : undef;
		my $constraint = $o->{constraint} && $o->{time} eq 'AFTER' && $o->{each} eq 'ROW';
		return 'CREATE ' . ($constraint ? 'CONSTRAINT ' : '') . 'TRIGGER ' . quoted($o->{name}) . " $o->{time} UPDATE" . (@{ $o->{on} } ? ' OF ' . quoted($o->{on}[0]{name}) : '') . ' ON ' . qualified($o->{relation}) . ($constraint ? ' DEFERRABLE INITIALLY DEFERRED' : '')
			. ($o->{tables} && $o->{time} eq 'AFTER' && $o->{each} eq 'STATEMENT' && !@{ $o->{on} } ? ' REFERENCING NEW TABLE AS fresh' : '') . " FOR EACH $o->{each}"
			. ($o->{when} && $o->{each} eq 'ROW' ? ' WHEN (' . ($column ? "OLD.$column IS DISTINCT FROM NEW.$column" : 'OLD.id > 0') . ')' : '')
			. ' EXECUTE FUNCTION ' . qualified($o->{function}) . '(' . (defined $o->{argument} ? literal($o->{argument}) : '') . ");\n"
			. ($o->{state} && $o->{time} ne 'INSTEAD OF' ? 'ALTER TABLE ' . qualified($o->{relation}) . " $o->{state} TRIGGER " . quoted($o->{name}) . ";\n" : '');
	},
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{function}) },
	address => sub { my ($o) = @_; return 'TRIGGER ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) }, no_alter => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{time} = pick('BEFORE', 'AFTER') unless $o->{time} eq 'INSTEAD OF' },
		sub { my ($s, $o) = @_; $o->{each} = pick('ROW', 'STATEMENT') unless $o->{time} eq 'INSTEAD OF' },
		sub { my ($s, $o) = @_; $o->{when} = !$o->{when} unless $o->{time} eq 'INSTEAD OF' },
		sub { my ($s, $o) = @_; $o->{constraint} = !$o->{constraint} },
		sub { my ($s, $o) = @_; $o->{tables} = !$o->{tables} unless $o->{relation}{partition_by} },
		sub { my ($s, $o) = @_; $o->{argument} = pick(undef, 'a', 'b') },
		sub { my ($s, $o) = @_; $o->{function} = pick(grep { $_->{form} eq 'trigger' } earlier($s, $o, 'function')) },
		sub { my ($s, $o) = @_; $o->{state} = pick(undef, 'DISABLE', 'ENABLE ALWAYS', 'ENABLE REPLICA') },
	],
};

$kinds{policy} = {
	make => sub {
		my ($s) = @_;
		my $table = pick(objects($s, 'table')) or return;
		my $function = pick(grep { $_->{form} =~ /^(plain|reads)$/ } objects($s, 'function'));
		my $column = pick(grep { (type_facts($_->{type}))[3] } columns_of($table));
		return { kind => 'policy', other => pick(undef, objects($s, qw(table view))), on => $column && chance(50) ? [$column] : [], name => fresh('o'), relation => $table, function => chance(50) ? $function : undef, limit => pick_number(9), role => pick('PUBLIC', 'property_one') };
	},
	write => sub { my ($o) = @_; return 'CREATE POLICY ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) . ($o->{strict} ? ' AS RESTRICTIVE' : '') . ($o->{select} ? ' FOR SELECT' : '') . " TO $o->{role} USING ("
		. ($o->{function} ? qualified($o->{function}) . '(id::integer)' : 'id') . " < $o->{limit}"
		. join('', map { ' AND ' . quoted($_->{name}) . ' = ' . quoted($_->{name}) } @{ $o->{on} })
		. ($o->{other} ? ' AND EXISTS (SELECT FROM ' . qualified($o->{other}) . " o WHERE o.id = $o->{limit})" : '') . ')'
		. ($o->{checked} && !$o->{select} ? " WITH CHECK (id > $o->{limit})" : '') . ";\n" },
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{function}, $o->{other}) },
	address => sub { my ($o) = @_; return 'POLICY ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) }, no_alter => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{limit} = pick_number(99) },
		sub { my ($s, $o) = @_; $o->{select} = !$o->{select} },
		sub { my ($s, $o) = @_; $o->{strict} = !$o->{strict} },
		sub { my ($s, $o) = @_; $o->{checked} = !$o->{checked} },
		sub { my ($s, $o) = @_; $o->{other} = pick(undef, earlier($s, $o, qw(table view))) },
		sub { my ($s, $o) = @_; $o->{role} = pick('PUBLIC', 'property_one', 'property_two') },
	],
};

$kinds{rule} = {
	make => sub {
		my ($s) = @_;
		my $relation = pick(grep { !$_->{of} } objects($s, qw(table view))) or return;
		my $column = $relation->{kind} eq 'table' ? pick(grep { (type_facts($_->{type}))[3] } columns_of($relation)) : undef;
		return { kind => 'rule', on => $column && chance(50) ? [$column] : [], where => chance(30), name => fresh('u'), relation => $relation, other => pick(objects($s, 'table')), event => pick('DELETE', 'UPDATE') };
	},
	write => sub { my ($o) = @_; return 'CREATE RULE ' . quoted($o->{name}) . " AS ON $o->{event} TO " . qualified($o->{relation}) . ($o->{where} ? ' WHERE ' . (@{ $o->{on} } ? 'OLD.' . quoted($o->{on}[0]{name}) . ' IS NULL AND ' : '') . 'OLD.id > 99' : '')
		. ' DO ALSO ' . ($o->{other} ? 'DELETE FROM ' . qualified($o->{other}) . ' WHERE id = OLD.id + 100' : 'NOTHING') . ";\n"
		. ($o->{state} ? 'ALTER TABLE ' . qualified($o->{relation}) . " $o->{state} RULE " . quoted($o->{name}) . ";\n" : '') },
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{other}) },
	address => sub { my ($o) = @_; return 'RULE ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) }, no_alter => 1,
	edits => [sub { my ($s, $o) = @_; $o->{where} = !$o->{where} }, sub { my ($s, $o) = @_; $o->{event} = pick('DELETE', 'UPDATE') },
		sub { my ($s, $o) = @_; $o->{state} = pick(undef, 'DISABLE', 'ENABLE REPLICA') }],
};

$kinds{statistics} = {
	make => sub {
		my ($s) = @_;
		my $table = pick(objects($s, 'table')) or return;
		my $column = pick(grep { (type_facts($_->{type}))[3] && !$_->{generated} } Tables::columns_of($table)) or return;
		return { kind => 'statistics', ns => $table->{ns}, name => fresh('z'), relation => $table, on => [$column], sorts => '' };
	},
	write => sub { my ($o) = @_; return 'CREATE STATISTICS ' . qualified($o) . "$o->{sorts} ON id, " . ($o->{computed} && $version >= 14 ? '(' . quoted($o->{on}[0]{name}) . ' IS NULL)' : quoted($o->{on}[0]{name}))
		. ' FROM ' . qualified($o->{relation}) . ";\n" . ($o->{target} ? 'ALTER STATISTICS ' . qualified($o) . " SET STATISTICS $o->{target};\n" : '') },
	uses => sub { my ($o) = @_; return $o->{relation} },
	address => sub { my ($o) = @_; return 'STATISTICS ' . qualified($o) },
	owned => 1, edits => [sub { my ($s, $o) = @_; $o->{sorts} = pick('', ' (ndistinct)', ' (dependencies, mcv)') },
		sub { my ($s, $o) = @_; $o->{target} = pick(undef, 10, 20) }, sub { my ($s, $o) = @_; $o->{computed} = !$o->{computed} }],
};

$kinds{publication} = {
	make => sub {
		my ($s) = @_;
		my $publication = { kind => 'publication', name => fresh('b'), publish => 'insert', relations => [], filtered => chance(30) ? 1 : undef };
		add_published($s, $publication);
		return $publication;
	},
	write => sub { my ($o) = @_; return 'CREATE PUBLICATION ' . qualified($o) . (@{ $o->{relations} } ? ' FOR TABLE ' . join(', ', map { published($o, $_) } @{ $o->{relations} }) : '')
		. " WITH (publish = '$o->{publish}');\n" },
	uses => sub { my ($o) = @_; return @{ $o->{relations} } },
	address => sub { my ($o) = @_; return 'PUBLICATION ' . qualified($o) },
	owned => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{publish} = pick('insert', 'insert, truncate') },
		sub { my ($s, $o) = @_; add_published($s, $o, $o) },
		sub { my ($s, $o) = @_; shift @{ $o->{relations} } },
		sub { my ($s, $o) = @_; $o->{filtered} = pick(undef, 1, 2) },
		sub { my ($s, $o) = @_; $o->{listed} = !$o->{listed} },
	],
};

# One column of each table may be in its filter.
sub published {
	my ($publication, $table) = @_;
	my $column = $table->{of} ? undef : (grep { $_->{type}{builtin} && !$_->{generated} } @{ $table->{columns} })[0];
	my $sql = qualified($table);
	return $sql if $version < 15 || $table->{partition_by};
	$sql .= ' (id' . ($column ? ', ' . quoted($column->{name}) : '') . ')' if $publication->{listed};
	$sql .= ' WHERE (' . ($column ? quoted($column->{name}) . ' IS NULL OR ' : '') . "id > $publication->{filtered})" if $publication->{filtered};
	return $sql;
}

sub add_published {
	my ($schema, $publication, $limit) = @_;
	my @tables = $limit ? earlier($schema, $limit, 'table') : objects($schema, 'table');
	my $table = pick(grep { my $t = $_; !$t->{unlogged} && !grep { $_ == $t } @{ $publication->{relations} } } @tables) or return;
	push @{ $publication->{relations} }, $table;
}

# --- foreign data, events ------------------------------------------------------------------

$kinds{wrapper} = {
	make => sub { return { kind => 'wrapper', name => fresh('fdw'), option => 'a' } },
	write => sub { my ($o) = @_; return 'CREATE FOREIGN DATA WRAPPER ' . qualified($o) . " OPTIONS (debug '$o->{option}');\n" },
	address => sub { my ($o) = @_; return 'FOREIGN DATA WRAPPER ' . qualified($o) },
	privileges => ['USAGE'], owned => 1, edits => [sub { my ($s, $o) = @_; $o->{option} = pick('b', 'c') }],
};

$kinds{server} = {
	make => sub { my ($s) = @_; my $wrapper = pick(objects($s, 'wrapper')) or return; return { kind => 'server', name => fresh('srv'), wrapper => $wrapper, host => 'h', revision => '1' } },
	write => sub { my ($o) = @_; return 'CREATE SERVER ' . qualified($o) . " VERSION '$o->{revision}' FOREIGN DATA WRAPPER " . qualified($o->{wrapper}) . " OPTIONS (host '$o->{host}');\n"
		. ($o->{mapped} ? 'CREATE USER MAPPING FOR PUBLIC SERVER ' . qualified($o) . ";\n" : '') },
	uses => sub { my ($o) = @_; return $o->{wrapper} },
	address => sub { my ($o) = @_; return 'SERVER ' . qualified($o) },
	privileges => ['USAGE'], owned => 1,
	edits => [sub { my ($s, $o) = @_; $o->{host} = pick('i', 'j') }, sub { my ($s, $o) = @_; $o->{mapped} = !$o->{mapped} }, sub { my ($s, $o) = @_; $o->{revision} = pick('2', '3') }],
};

$kinds{foreign_table} = {
	make => sub { my ($s) = @_; my $server = pick(objects($s, 'server')) or return; return { kind => 'foreign_table', ns => Types::namespace($s), name => fresh('ft'), server => $server, option => 'o' } },
	write => sub { my ($o) = @_; return 'CREATE FOREIGN TABLE ' . qualified($o) . " (id integer OPTIONS (col 'x'), extra text" . ($o->{more} ? ', more date' : '') . ($o->{not_null} ? ' NOT NULL' : '')
		. ') SERVER ' . qualified($o->{server}) . " OPTIONS (tab '$o->{option}');\n" },
	uses => sub { my ($o) = @_; return $o->{server} },
	address => sub { my ($o) = @_; return 'FOREIGN TABLE ' . qualified($o) },
	privileges => ['SELECT'], owned => 1,
	edits => [sub { my ($s, $o) = @_; $o->{option} = pick('p', 'q') }, sub { my ($s, $o) = @_; $o->{more} = !$o->{more} }, sub { my ($s, $o) = @_; $o->{not_null} = !$o->{not_null} }],
};

$kinds{event_trigger} = {
	make => sub { my ($s) = @_; my $f = pick(grep { $_->{form} eq 'event' } objects($s, 'function')) or return; return { kind => 'event_trigger', name => fresh('evt'), function => $f, tag => 'DROP VIEW' } },
	write => sub { my ($o) = @_; return 'CREATE EVENT TRIGGER ' . qualified($o) . " ON ddl_command_end WHEN TAG IN ('$o->{tag}') EXECUTE FUNCTION " . qualified($o->{function}) . "();\n"
		. ($o->{off} ? 'ALTER EVENT TRIGGER ' . qualified($o) . " DISABLE;\n" : '') },
	uses => sub { my ($o) = @_; return $o->{function} },
	address => sub { my ($o) = @_; return 'EVENT TRIGGER ' . qualified($o) },
	owned => 1, edits => [sub { my ($s, $o) = @_; $o->{tag} = pick('CREATE TABLE', 'ALTER TABLE') }, sub { my ($s, $o) = @_; $o->{off} = !$o->{off} }],
};

my %granted_by_default = (TABLES => ['SELECT', 'INSERT', 'SELECT, INSERT'], SEQUENCES => ['USAGE', 'SELECT'], FUNCTIONS => ['EXECUTE'], TYPES => ['USAGE']);

$kinds{default_privileges} = {
	make => sub {
		my ($s) = @_;
		my $ns = pick(grep { my $n = $_; !grep { $_->{in} == $n } objects($s, 'default_privileges') } objects($s, 'schema')) or return;
		my $on = pick('TABLES', 'TABLES', 'SEQUENCES', 'FUNCTIONS', 'TYPES');
		return { kind => 'default_privileges', name => fresh('dp'), in => $ns, on_what => $on, what => pick(@{ $granted_by_default{$on} }) };
	},
	write => sub { my ($o) = @_; return 'ALTER DEFAULT PRIVILEGES IN SCHEMA ' . qualified($o->{in}) . " GRANT $o->{what} ON $o->{on_what} TO property_two;\n" },
	uses => sub { my ($o) = @_; return $o->{in} },
	edits => [sub { my ($s, $o) = @_; $o->{what} = pick(@{ $granted_by_default{ $o->{on_what} } }) }],
};

1;
