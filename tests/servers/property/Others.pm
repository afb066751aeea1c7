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
	return "SELECT a.id, b.id AS other FROM $from a LEFT JOIN " . qualified($view->{second}) . ' b ON a.id = b.id';
}

sub new_view {
	my ($schema, $kind) = @_;
	my $from = pick(objects($schema, qw(table view materialized_view))) or return;
	my $view = { kind => $kind, ns => Types::namespace($schema), name => fresh('v'), from => $from, where => chance(30), second => $from };
	$view->{function} = pick(grep { $_->{form} =~ /^(plain|reads)$/ } objects($schema, 'function'));
	$view->{second} = pick(objects($schema, qw(table view)));
	$view->{form} = pick('all', 'all', 'window', 'groups', 'row', $view->{second} ? 'join' : 'all', $view->{function} ? ('calls') x 2 : 'all');
	return $view;
}

sub view_uses { my ($o) = @_; return ($o->{from}, $o->{form} eq 'calls' ? $o->{function} : undef, $o->{form} eq 'join' ? $o->{second} : undef) }

# Another form, standing on nothing new.
sub another_form {
	my ($schema, $o) = @_;
	$o->{second} = $o->{from};
	$o->{form} = pick('all', 'window', 'groups', 'row', 'join', $o->{function} && grep({ $_ == $o->{function} } earlier($schema, $o, 'function')) ? 'calls' : 'all')
		unless grep { $_->{form} && $_->{form} eq 'rows' && $_->{relation} == $o } objects($schema, 'function');
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
		$index->{text} = 1 if (type_facts($column->{type}))[4] && chance(20);
		return $index;
	},
	write => sub {
		my ($o) = @_;
		my $key = @{ $o->{on} } ? quoted($o->{on}[0]{name}) : 'id';
		my $plain = @{ $o->{on} } && (type_facts($o->{on}[0]{type}))[4];
		$key = '(' . qualified($o->{function}) . "($key))" if $o->{function};
		$key = "(($key)::text)" if $o->{text} && $plain && !$o->{function};
		return 'CREATE ' . ($o->{unique} ? 'UNIQUE ' : '') . 'INDEX ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) . " ($key" . ($o->{descending} ? ' DESC' : '') . ')'
			. ($o->{fillfactor} ? " WITH (fillfactor = $o->{fillfactor})" : '') . ($o->{where} ? ' WHERE id > 3' : '') . ";\n";
	},
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{function}) },
	address => sub { my ($o) = @_; return 'INDEX ' . quoted($o->{relation}{ns}{name}) . '.' . quoted($o->{name}) }, no_alter => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{where} = !$o->{where} },
		sub { my ($s, $o) = @_; $o->{descending} = !$o->{descending} },
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
		return { kind => 'trigger', name => fresh('w'), relation => $table, function => $function, time => pick('BEFORE', 'AFTER'), each => 'ROW', when => chance(40),
			on => @own && chance(40) ? [pick(@own)] : [] };
	},
	write => sub {
		my ($o) = @_;
		return 'CREATE TRIGGER ' . quoted($o->{name}) . " $o->{time} UPDATE" . (@{ $o->{on} } ? ' OF ' . quoted($o->{on}[0]{name}) : '') . ' ON ' . qualified($o->{relation}) . " FOR EACH $o->{each}"
			. ($o->{when} && $o->{each} eq 'ROW' ? ' WHEN (OLD.id > 0)' : '') . ' EXECUTE FUNCTION ' . qualified($o->{function}) . "();\n"
			. ($o->{state} ? 'ALTER TABLE ' . qualified($o->{relation}) . " $o->{state} TRIGGER " . quoted($o->{name}) . ";\n" : '');
	},
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{function}) },
	address => sub { my ($o) = @_; return 'TRIGGER ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) }, no_alter => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{time} = pick('BEFORE', 'AFTER') },
		sub { my ($s, $o) = @_; $o->{each} = pick('ROW', 'STATEMENT') },
		sub { my ($s, $o) = @_; $o->{when} = !$o->{when} },
		sub { my ($s, $o) = @_; $o->{state} = pick(undef, 'DISABLE', 'ENABLE ALWAYS', 'ENABLE REPLICA') },
	],
};

$kinds{policy} = {
	make => sub {
		my ($s) = @_;
		my $table = pick(objects($s, 'table')) or return;
		my $function = pick(grep { $_->{form} =~ /^(plain|reads)$/ } objects($s, 'function'));
		return { kind => 'policy', name => fresh('o'), relation => $table, function => chance(50) ? $function : undef, limit => pick_number(9), role => pick('PUBLIC', 'property_one') };
	},
	write => sub { my ($o) = @_; return 'CREATE POLICY ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) . ($o->{select} ? ' FOR SELECT' : '') . " TO $o->{role} USING ("
		. ($o->{function} ? qualified($o->{function}) . '(id::integer)' : 'id') . " < $o->{limit});\n" },
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{function}) },
	address => sub { my ($o) = @_; return 'POLICY ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) }, no_alter => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{limit} = pick_number(99) },
		sub { my ($s, $o) = @_; $o->{select} = !$o->{select} },
		sub { my ($s, $o) = @_; $o->{role} = pick('PUBLIC', 'property_one', 'property_two') },
	],
};

$kinds{rule} = {
	make => sub {
		my ($s) = @_;
		my $relation = pick(grep { !$_->{of} } objects($s, qw(table view))) or return;
		return { kind => 'rule', name => fresh('u'), relation => $relation, other => pick(objects($s, 'table')), event => pick('DELETE', 'UPDATE') };
	},
	write => sub { my ($o) = @_; return 'CREATE RULE ' . quoted($o->{name}) . " AS ON $o->{event} TO " . qualified($o->{relation}) . ($o->{where} ? ' WHERE OLD.id > 99' : '')
		. ' DO ALSO ' . ($o->{other} ? 'DELETE FROM ' . qualified($o->{other}) . ' WHERE id = OLD.id + 100' : 'NOTHING') . ";\n" },
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{other}) },
	address => sub { my ($o) = @_; return 'RULE ' . quoted($o->{name}) . ' ON ' . qualified($o->{relation}) }, no_alter => 1,
	edits => [sub { my ($s, $o) = @_; $o->{where} = !$o->{where} }, sub { my ($s, $o) = @_; $o->{event} = pick('DELETE', 'UPDATE') }],
};

$kinds{statistics} = {
	make => sub {
		my ($s) = @_;
		my $table = pick(objects($s, 'table')) or return;
		my $column = pick(grep { (type_facts($_->{type}))[3] && !$_->{generated} } Tables::columns_of($table)) or return;
		return { kind => 'statistics', ns => $table->{ns}, name => fresh('z'), relation => $table, on => [$column], sorts => '' };
	},
	write => sub { my ($o) = @_; return 'CREATE STATISTICS ' . qualified($o) . "$o->{sorts} ON id, " . quoted($o->{on}[0]{name}) . ' FROM ' . qualified($o->{relation}) . ";\n" },
	uses => sub { my ($o) = @_; return $o->{relation} },
	address => sub { my ($o) = @_; return 'STATISTICS ' . qualified($o) },
	owned => 1, edits => [sub { my ($s, $o) = @_; $o->{sorts} = pick('', ' (ndistinct)', ' (dependencies, mcv)') }],
};

$kinds{publication} = {
	make => sub {
		my ($s) = @_;
		my $publication = { kind => 'publication', name => fresh('b'), publish => 'insert', relations => [] };
		add_published($s, $publication);
		return $publication;
	},
	write => sub { my ($o) = @_; return 'CREATE PUBLICATION ' . qualified($o) . (@{ $o->{relations} } ? ' FOR TABLE ' . join(', ', map { qualified($_) } @{ $o->{relations} }) : '')
		. " WITH (publish = '$o->{publish}');\n" },
	uses => sub { my ($o) = @_; return @{ $o->{relations} } },
	address => sub { my ($o) = @_; return 'PUBLICATION ' . qualified($o) },
	owned => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{publish} = pick('insert', 'insert, truncate') },
		sub { my ($s, $o) = @_; add_published($s, $o, $o) },
		sub { my ($s, $o) = @_; shift @{ $o->{relations} } },
	],
};

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

$kinds{default_privileges} = {
	make => sub { my ($s) = @_; my $ns = pick(grep { my $n = $_; !grep { $_->{in} == $n } objects($s, 'default_privileges') } objects($s, 'schema')) or return;
		return { kind => 'default_privileges', name => fresh('dp'), in => $ns, what => 'SELECT' } },
	write => sub { my ($o) = @_; return 'ALTER DEFAULT PRIVILEGES IN SCHEMA ' . qualified($o->{in}) . " GRANT $o->{what} ON TABLES TO property_two;\n" },
	uses => sub { my ($o) = @_; return $o->{in} },
	edits => [sub { my ($s, $o) = @_; $o->{what} = pick('SELECT', 'INSERT', 'SELECT, INSERT') }],
};

1;
