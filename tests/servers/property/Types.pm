# Types.pm - schemas, types, sequences, functions and what is made of functions.
package Types;

use strict;
use warnings;
use Model;

sub namespace { my ($schema) = @_; return pick(objects($schema, 'schema')) }

$kinds{schema} = {
	make => sub { return { kind => 'schema', name => fresh('n') } },
	write => sub { my ($o) = @_; return 'CREATE SCHEMA ' . qualified($o) . ";\n" },
	address => sub { my ($o) = @_; return 'SCHEMA ' . qualified($o) },
	privileges => ['USAGE', 'CREATE'], owned => 1, edits => [],
};

sub labels { my ($o) = @_; return join ', ', map { literal($_) } @{ $o->{labels} } }

$kinds{enum} = {
	make => sub { my ($s) = @_; return { kind => 'enum', ns => namespace($s), name => fresh('e'), labels => ['one', 'two', "it's"] } },
	write => sub { my ($o) = @_; return 'CREATE TYPE ' . qualified($o) . ' AS ENUM (' . labels($o) . ");\n" },
	facts => sub { my ($o) = @_; return (literal($o->{labels}[0]), '(ARRAY[' . labels($o) . '])[1 + n % ' . @{ $o->{labels} } . ']::' . qualified($o),
		undef, 1) },
	address => sub { my ($o) = @_; return 'TYPE ' . qualified($o) },
	privileges => ['USAGE'], owned => 1,
	edits => [
		(sub { my ($s, $o) = @_; splice @{ $o->{labels} }, pick_number(1 + @{ $o->{labels} }), 0, fresh('label') }) x 4,
		sub { my ($s, $o) = @_; $o->{labels}[pick_number(scalar @{ $o->{labels} })] = fresh('renamed') },
		sub { my ($s, $o) = @_; @{ $o->{labels} }[0, 1] = @{ $o->{labels} }[1, 0] },
		sub { my ($s, $o) = @_; pop @{ $o->{labels} } if @{ $o->{labels} } > 2 },
	],
};

sub attribute {
	my ($schema, $limit) = @_;
	my $own = chance(25) ? pick($limit ? earlier($schema, $limit, qw(enum domain range composite)) : objects($schema, qw(enum domain range composite))) : undef;
	return { name => fresh('a'), type => $own ? type_of_object($own) : type_builtin(pick('integer', 'text', 'date', 'numeric(8,2)', 'varchar(20)')) };
}

$kinds{composite} = {
	make => sub { my ($s) = @_; return { kind => 'composite', ns => namespace($s), name => fresh('r'), attributes => [map { attribute($s) } 1 .. 1 + pick_number(3)] } },
	write => sub { my ($o) = @_; return 'CREATE TYPE ' . qualified($o) . ' AS ('
		. join(', ', map { quoted($_->{name}) . ' ' . type_sql($_->{type}) } @{ $o->{attributes} }) . ");\n" },
	facts => sub { my ($o) = @_; return ('NULL', 'ROW(' . join(', ', map { '(' . (type_facts($_->{type}))[1] . ')::' . type_sql($_->{type}) } @{ $o->{attributes} }) . ')::'
		. qualified($o), undef, 1) },
	uses => sub { my ($o) = @_; return map { $_->{type}{object} } @{ $o->{attributes} } },
	address => sub { my ($o) = @_; return 'TYPE ' . qualified($o) },
	privileges => ['USAGE'], owned => 1,
	edits => [
		sub { my ($s, $o) = @_; push @{ $o->{attributes} }, attribute($s, $o) },
		sub { my ($s, $o) = @_; splice @{ $o->{attributes} }, 0, 1 if @{ $o->{attributes} } > 1 },
		sub { my ($s, $o) = @_; my $a = pick(@{ $o->{attributes} }); $a->{type} = type_builtin('varchar(60)') if ($a->{type}{builtin} // '') eq 'varchar(20)' },
	],
};

my %ranged = ('integer' => 1, 'bigint' => 1, 'date' => 1, 'numeric' => 1, 'double precision' => 1, 'time' => 1);

$kinds{range} = {
	make => sub { my ($s) = @_; return { kind => 'range', ns => namespace($s), name => fresh('g'), subtype => pick(sort keys %ranged),
		multi => chance(30) ? fresh('multi') : undef } },
	write => sub { my ($o) = @_; return 'CREATE TYPE ' . qualified($o) . " AS RANGE (SUBTYPE = $o->{subtype}"
		. ($o->{multi} && $version >= 14 ? ', MULTIRANGE_TYPE_NAME = ' . $kinds{range}{multi}->($o) : '') . ");\n" },
	facts => sub { my ($o) = @_; return ("'empty'", qualified($o) . '((' . $builtin{ $o->{subtype} }[1] . ')::' . $o->{subtype} . ', NULL)', '%s IS NULL OR upper_inf(%s) OR isempty(%s)', 1) },
	multi => sub { my ($o) = @_; return $o->{multi} && $version >= 14 ? quoted($o->{ns}{name}) . '.' . quoted($o->{multi}) : undef },
	address => sub { my ($o) = @_; return 'TYPE ' . qualified($o) },
	privileges => ['USAGE'], owned => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{subtype} = pick(sort keys %ranged) unless is_used($s, $o) },
		sub { my ($s, $o) = @_; $o->{multi} = fresh('multi') unless is_used($s, $o) },
	],
};

sub domain_base {
	my ($schema) = @_;
	my $own = chance(30) ? pick(objects($schema, qw(enum domain composite range))) : undef;
	return $own ? type_of_object($own, $own->{kind} =~ /^(enum|range)$/ && chance(20))
		: type_builtin(pick('integer', 'text', 'varchar(20)', 'numeric(8,2)', 'date', 'text[]'));
}

$kinds{domain} = {
	make => sub { my ($s) = @_; return { kind => 'domain', ns => namespace($s), name => fresh('d'),
		base => domain_base($s), default => chance(30), check => chance(50), not_null => 0, function => chance(25) ? pick(plain_functions($s)) : undef } },
	write => sub {
		my ($o) = @_;
		my ($default, $value, $check) = type_facts($o->{base});
		$check //= '%s IS NOT NULL OR true';
		$check =~ s/%s/VALUE/g;
		return 'CREATE DOMAIN ' . qualified($o) . ' AS ' . type_sql($o->{base}) . ($o->{default} ? " DEFAULT $default" : '') . ($o->{not_null} ? ' NOT NULL' : '')
			. ($o->{check} ? ' CONSTRAINT ' . quoted("is $o->{name}") . " CHECK ($check)" : '')
			. ($o->{strange} ? ' CONSTRAINT strange CHECK (' . $o->{strange} . ')' : '')
			. ($o->{function} ? ' CONSTRAINT calls CHECK (' . qualified($o->{function}) . '(length(VALUE::text)) < 100000)' : '') . ";\n" },
	uses => sub { my ($o) = @_; return ($o->{base}{object}, $o->{function}) },
	facts => sub { my ($o) = @_; my ($default, $value, undef, $ordered) = type_facts($o->{base});
		return ($default, "($value)::" . type_sql($o->{base}), undef, $ordered) },
	address => sub { my ($o) = @_; return 'DOMAIN ' . qualified($o) },
	privileges => ['USAGE'], owned => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{default} = !$o->{default} },
		sub { my ($s, $o) = @_; $o->{check} = !$o->{check} },
		sub { my ($s, $o) = @_; $o->{not_null} = !$o->{not_null} },
		sub { my ($s, $o) = @_; $o->{strange} = pick(undef, 'VALUE IS NOT NULL', "VALUE::text <> '3'", 'length(VALUE::text) < 900') },
		sub { my ($s, $o) = @_; $o->{base} = type_builtin('varchar(60)') if ($o->{base}{builtin} // '') eq 'varchar(20)' },
		sub { my ($s, $o) = @_; $o->{function} = pick(undef, plain_functions($s, $o)) },
	],
};

$kinds{collation} = {
	make => sub { my ($s) = @_; return { kind => 'collation', ns => namespace($s), name => fresh('l'), locale => pick('C', 'POSIX') } },
	write => sub { my ($o) = @_; return 'CREATE COLLATION ' . qualified($o) . " (LOCALE = '$o->{locale}', PROVIDER = libc);\n" },
	address => sub { my ($o) = @_; return 'COLLATION ' . qualified($o) },
	owned => 1, edits => [sub { my ($s, $o) = @_; $o->{locale} = pick('C', 'POSIX') unless is_used($s, $o) }],
};

# Whether it belongs to a column is written once the tables are there.
$kinds{sequence} = {
	make => sub { my ($s) = @_; return { kind => 'sequence', ns => namespace($s), name => fresh('s'), increment => 1 + pick_number(4), type => pick('integer', 'bigint') } },
	write => sub { my ($o) = @_; return 'CREATE SEQUENCE ' . qualified($o) . " AS $o->{type} INCREMENT BY $o->{increment}" . ($o->{cycle} ? ' CYCLE' : '')
		. ($o->{cache} ? " CACHE $o->{cache}" : '') . ($o->{maximum} ? " MAXVALUE $o->{maximum}" : '') . ";\n" },
	later => sub { my ($o) = @_; return $o->{owner_table} ? 'ALTER SEQUENCE ' . qualified($o) . ' OWNED BY ' . qualified($o->{owner_table}) . ".id;\n" : '' },
	uses => sub { my ($o) = @_; return $o->{owner_table} },
	address => sub { my ($o) = @_; return 'SEQUENCE ' . qualified($o) },
	privileges => ['USAGE', 'SELECT', 'UPDATE'],
	edits => [
		sub { my ($s, $o) = @_; $o->{increment} = 1 + pick_number(9) },
		sub { my ($s, $o) = @_; $o->{cycle} = !$o->{cycle} },
		sub { my ($s, $o) = @_; $o->{cache} = 2 + pick_number(9) },
		sub { my ($s, $o) = @_; $o->{maximum} = pick(undef, 100000, 2000000) },
		sub { my ($s, $o) = @_; $o->{type} = 'bigint' },
		sub { my ($s, $o) = @_; my @t = grep { $_->{ns} == $o->{ns} && !$_->{of} } objects($s, 'table'); $o->{owner_table} = chance(75) ? pick(@t) : undef },
	],
};

# --- functions ---------------------------------------------------------------------------

# form: plain (integer) -> integer, may call another; of: takes a row of a relation; reads: counts rows of a relation; rows: a set of a table's rows; trigger; event; typed: takes a type of the schema
sub argument_type { my ($o) = @_; return $o->{form} eq 'typed' ? type_sql($o->{type}) : $o->{form} eq 'of' ? qualified($o->{relation}) : 'integer' }

sub function_signature {
	my ($o) = @_;
	return '()' if $o->{form} =~ /^(trigger|event)$/;
	my $type = argument_type($o);
	return "(" . join(', ', ($o->{argument} ? quoted($o->{argument}) . ' ' : '') . $type, $o->{second} ? 'integer DEFAULT ' . ($o->{calls} ? qualified($o->{calls}) . '(3)' : 3) : ()) . ')';
}

sub function_identity {
	my ($o) = @_;
	return qualified($o) . '()' if $o->{form} =~ /^(trigger|event)$/;
	return qualified($o) . '(' . join(', ', argument_type($o), $o->{second} ? 'integer' : ()) . ')';
}

sub function_query {
	my ($o) = @_;
	return 'SELECT 1 + ' . $o->{number} if $o->{form} eq 'typed';
	return 'SELECT $1 + ' . ($o->{calls} ? '(' . qualified($o->{calls}) . '($1))::integer + ' : '') . $o->{number} if $o->{form} eq 'plain';
	return "SELECT 1 + $o->{number} WHERE \$1 IS NOT NULL" if $o->{form} eq 'of';
	return 'SELECT count(*)::integer FROM ' . qualified($o->{relation}) . ' x WHERE x.id > $1 + ' . $o->{number} if $o->{form} eq 'reads';
	return 'SELECT * FROM ' . qualified($o->{relation}) . ' x WHERE x.id > ' . $o->{number};
}

sub write_function {
	my ($o) = @_;
	my $head = 'CREATE FUNCTION ' . qualified($o) . function_signature($o) . ' RETURNS ';
	return $head . ($o->{form} eq 'event' ? 'event_trigger' : 'trigger') . " LANGUAGE plpgsql AS 'BEGIN /* $o->{number} */ " . ($o->{form} eq 'event' ? '' : 'RETURN NEW; ') . "END';\n"
		if $o->{form} =~ /^(trigger|event)$/;
	$head .= $o->{form} eq 'rows' ? 'SETOF ' . qualified($o->{relation}) : $o->{returns};
	my $query = function_query($o);
	my $settings = ' ' . ($o->{form} =~ /^(plain|typed|of)$/ ? 'IMMUTABLE' : 'STABLE') . " COST $o->{cost}" . ($o->{strict} ? ' STRICT' : '') . ($o->{definer} ? ' SECURITY DEFINER' : '')
		. ($o->{safe} ? ' PARALLEL SAFE' : '') . ($o->{path} ? ' SET search_path = pg_catalog, pg_temp' : '');
	$query .= ' LIMIT 1' if $o->{form} eq 'reads';
	return "$head LANGUAGE sql$settings BEGIN ATOMIC $query; END;\n" if $o->{body} eq 'atomic' && $version >= 14;
	return "$head LANGUAGE plpgsql$settings AS " . literal($o->{form} eq 'rows' ? "BEGIN RETURN QUERY $query; END" : "BEGIN RETURN ($query); END") . ";\n" if $o->{body} eq 'plpgsql';
	return "$head LANGUAGE sql$settings AS " . literal($query) . ";\n";
}

$kinds{function} = {
	make => sub {
		my ($s, $form) = @_;
		$form //= pick('plain', 'plain', 'plain', 'reads', 'reads', 'rows', 'rows', 'of', 'trigger', 'trigger', 'typed', 'event');
		my $relation = pick(objects($s, qw(table view)));
		$form = 'plain' if !$relation && $form =~ /^(reads|rows|of)$/;
		my $type = random_type($s);
		return { kind => 'function', ns => namespace($s), name => fresh('f'), form => $form, relation => $form =~ /^(reads|rows|of)$/ ? $relation : undef,
			calls => $form eq 'plain' && chance(30) ? pick(plain_functions($s)) : undef, type => $type,
			number => pick_number(50), cost => 10 + pick_number(9), returns => 'integer', body => pick('quoted', 'atomic', 'plpgsql'),
			argument => chance(40) ? fresh('arg') : undef };
	},
	write => \&write_function,
	uses => sub { my ($o) = @_; return ($o->{relation}, $o->{calls}, $o->{form} eq 'typed' ? $o->{type}{object} : undef) },
	address => sub { my ($o) = @_; return 'FUNCTION ' . function_identity($o) },
	privileges => ['EXECUTE'], owned => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{number} = pick_number(99) },
		sub { my ($s, $o) = @_; $o->{cost} = 20 + pick_number(9) },
		sub { my ($s, $o) = @_; $o->{strict} = !$o->{strict} },
		sub { my ($s, $o) = @_; $o->{definer} = !$o->{definer} },
		sub { my ($s, $o) = @_; $o->{safe} = !$o->{safe} },
		sub { my ($s, $o) = @_; $o->{path} = !$o->{path} },
		sub { my ($s, $o) = @_; $o->{body} = pick('quoted', 'atomic', 'plpgsql') },
		sub { my ($s, $o) = @_; $o->{argument} = fresh('arg') },
		sub { my ($s, $o) = @_; $o->{calls} = pick(undef, plain_functions($s, $o)) if $o->{form} eq 'plain' },
		sub { my ($s, $o) = @_; $o->{second} = !$o->{second} unless grep { $_->{kind} =~ /^(aggregate|operator|cast)$/ && grep { $_ == $o } uses($_) } @{ $s->{objects} } },
		sub { my ($s, $o) = @_; $o->{returns} = pick('integer', 'bigint') unless grep { $_->{kind} =~ /^(aggregate|operator|cast)$/ && grep { $_ == $o } uses($_) } @{ $s->{objects} } },
	],
};

# Calls that need no rows of a table may be in defaults, checks and indexes.
sub plain_functions { my ($schema, $limit) = @_; return grep { $_->{form} eq 'plain' } $limit ? earlier($schema, $limit, 'function') : objects($schema, 'function') }

# --- what is made of functions -------------------------------------------------------------

$kinds{aggregate} = {
	make => sub { my ($s) = @_; return { kind => 'aggregate', ns => namespace($s), name => fresh('g'), start => pick_number(9) } },
	write => sub { my ($o) = @_; return 'CREATE AGGREGATE ' . qualified($o) . "(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '$o->{start}'" . ($o->{safe} ? ', PARALLEL = SAFE' : '') . ");\n" },
	address => sub { my ($o) = @_; return 'AGGREGATE ' . qualified($o) . '(integer)' },
	owned => 1, edits => [sub { my ($s, $o) = @_; $o->{start} = 10 + pick_number(9) }, sub { my ($s, $o) = @_; $o->{safe} = !$o->{safe} }],
};

$kinds{operator} = {
	make => sub {
		my ($s) = @_;
		my $f = pick(grep { !$_->{second} && $_->{returns} eq 'integer' } plain_functions($s)) or return;
		return { kind => 'operator', ns => namespace($s), name => pick('@!', '#~#', '!=!', '~~>') . '+' x pick_number(5) . fresh_operator() . '%', function => $f };
	},
	write => sub { my ($o) = @_; return 'CREATE OPERATOR ' . operator_name($o) . ' (FUNCTION = ' . qualified($o->{function}) . ", RIGHTARG = integer);\n" },
	uses => sub { my ($o) = @_; return $o->{function} },
	address => sub { my ($o) = @_; return 'OPERATOR ' . operator_name($o) . ' (NONE, integer)' },
	owned => 1, edits => [],
};

sub operator_name { my ($o) = @_; return quoted($o->{ns}{name}) . '.' . $o->{name} }

$kinds{cast} = {
	make => sub {
		my ($s) = @_;
		my $type = pick(grep { my $t = $_; !grep { $_->{type} == $t } objects($s, 'cast') } objects($s, 'enum', 'composite')) or return;
		return { kind => 'cast', name => fresh('cast'), type => $type, context => pick('', ' AS ASSIGNMENT') };
	},
	write => sub { my ($o) = @_; return 'CREATE CAST (' . qualified($o->{type}) . " AS text) WITH INOUT$o->{context};\n" },
	uses => sub { my ($o) = @_; return $o->{type} },
	address => sub { my ($o) = @_; return 'CAST (' . qualified($o->{type}) . ' AS text)' },
	edits => [sub { my ($s, $o) = @_; $o->{context} = pick('', ' AS ASSIGNMENT') }], no_alter => 1,
};

$kinds{dictionary} = {
	make => sub { my ($s) = @_; return { kind => 'dictionary', ns => namespace($s), name => fresh('x'), accept => 'true' } },
	write => sub { my ($o) = @_; return 'CREATE TEXT SEARCH DICTIONARY ' . qualified($o) . " (TEMPLATE = pg_catalog.simple, accept = $o->{accept});\n" },
	address => sub { my ($o) = @_; return 'TEXT SEARCH DICTIONARY ' . qualified($o) },
	owned => 1, edits => [sub { my ($s, $o) = @_; $o->{accept} = $o->{accept} eq 'true' ? 'false' : 'true' }],
};

$kinds{configuration} = {
	make => sub {
		my ($s) = @_;
		my $dictionary = pick(objects($s, 'dictionary')) or return;
		return { kind => 'configuration', ns => namespace($s), name => fresh('y'), dictionary => $dictionary, tokens => ['asciiword', 'word'] };
	},
	write => sub { my ($o) = @_; my $c = qualified($o); return "CREATE TEXT SEARCH CONFIGURATION $c (PARSER = pg_catalog.\"default\");\n"
		. "ALTER TEXT SEARCH CONFIGURATION $c ADD MAPPING FOR " . join(', ', @{ $o->{tokens} }) . ' WITH ' . qualified($o->{dictionary}) . ", simple;\n" },
	uses => sub { my ($o) = @_; return $o->{dictionary} },
	address => sub { my ($o) = @_; return 'TEXT SEARCH CONFIGURATION ' . qualified($o) },
	owned => 1,
	edits => [
		sub { my ($s, $o) = @_; $o->{tokens} = [pick(['word'], ['asciiword', 'int'], ['url', 'host', 'word'])]->[0] },
		sub { my ($s, $o) = @_; $o->{dictionary} = pick(earlier($s, $o, 'dictionary')) },
	],
};

1;
