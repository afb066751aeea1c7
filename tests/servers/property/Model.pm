# Model.pm - what a random schema is made of, whatever the kinds: numbers, names, objects, what uses what.
#
# An object is a hash with at least kind, name and (for most) ns, its schema.  A kind is an entry of %kinds:
#   make($schema)           a new object, or undef where there is nothing it could stand on
#   write($object)          the SQL that makes it; it may only use objects that come before it in the schema
#   later($object)          SQL that is run once all objects are there (foreign keys, for one); optional
#   uses($object)           the objects it stands on
#   edits                   each changes an object in one way, given the schema and the object
#   address($object)        what follows COMMENT ON and ALTER; optional
#   privileges              what may be granted on it; optional
#   owned                   whether it has an owner
package Model;

use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(%kinds $version seed pick_number pick chance fresh fresh_operator quoted literal qualified objects earlier uses
	is_used type_builtin type_of_object type_sql type_facts random_type %builtin);
our %kinds;
our $version = 15;

# Numbers of our own: perl's rand is not the same everywhere.
my $state;
my $counter;

sub seed { my ($seed) = @_; $state = ($seed * 2654435761 + 12345) % 2147483647 || 1; $counter = 0; pick_number(9) for 1 .. 5 }
sub pick_number { my ($below) = @_; $state = $state * 16807 % 2147483647; return int($state / 7) % $below }
sub pick { return @_ ? $_[pick_number(scalar @_)] : undef }
sub chance { my ($percent) = @_; return pick_number(100) < $percent }

# A name that nothing else has.  Some need quoting, some are as long as names can be.
# Letters for an operator's name that no other has.
sub fresh_operator { return sprintf('%b', ++$counter) =~ tr/01/+@/r }

sub fresh {
	my ($stem) = @_;
	$counter++;
	return $stem . $counter unless chance(15);
	return pick("$stem $counter", "\u$stem$counter", "$stem\"$counter", "select$counter", "\xc3\xa9$stem$counter",
		substr("$stem${counter}_" . 'long_' x 20, 0, 60 + pick_number(4)));
}

sub quoted { my ($name) = @_; $name =~ s/"/""/g; return "\"$name\"" }
sub literal { my ($text) = @_; $text =~ s/'/''/g; return "'$text'" }
sub qualified { my ($object) = @_; return ($object->{ns} ? quoted($object->{ns}{name}) . '.' : '') . quoted($object->{name}) }

sub objects { my ($schema, @wanted) = @_; my %wanted = map { $_ => 1 } @wanted; return grep { $wanted{ $_->{kind} } } @{ $schema->{objects} } }

# Objects of these kinds that come before one.
sub earlier {
	my ($schema, $object, @wanted) = @_;
	my %wanted = map { $_ => 1 } @wanted;
	my @found;
	for (@{ $schema->{objects} }) {
		last if $_ == $object;
		push @found, $_ if $wanted{ $_->{kind} };
	}
	return @found;
}

sub uses {
	my ($object) = @_;
	my $uses = $kinds{ $object->{kind} }{uses};
	return ($object->{ns} ? $object->{ns} : (), grep { defined } $uses ? $uses->($object) : ());
}

sub is_used { my ($schema, $object) = @_; return scalar grep { my $o = $_; $o != $object && grep { $_ == $object } uses($o) } @{ $schema->{objects} } }

# name => a default, the value of row n as SQL, a check on %s, whether it has an order, an immutable cast to text
our %builtin = (
	'integer' => ['(1 + 2)', 'n', '%s > -5 AND %s IS DISTINCT FROM 77', 1, 1],
	'bigint' => ['42', 'n', '%s BETWEEN 0 AND 1000', 1, 1],
	'smallint' => ['7', 'n', '%s <> ALL (ARRAY[100, 200])', 1, 1],
	'text' => ["'x y'", "'t' || n", "%s <> 'forbidden'", 1, 1],
	'varchar(20)' => ["'short'", "'v' || n", "%s NOT IN ('a', 'b')", 1, 1],
	'varchar(60)' => ["'longer'", "repeat('w', 25) || n", 'length(%s) < 100', 1, 1],
	'varchar' => ["'it''s'", "'r' || n", "%s IN ('r1', 'r2', 'r3', 'r4', 'r5', 'it''s')", 1, 1],
	'char(8)' => ["'c'", "'c' || n", "%s <> 'zz'", 1, 0],
	'numeric(8,2)' => ['0.5', 'n', '%s >= 0', 1, 1],
	'numeric(14,2)' => ['1.25', 'n * 1000000', '%s IN (1.25, 1000000, 2000000, 3000000, 4000000, 5000000)', 1, 1],
	'numeric' => ['3', 'n', '%s >= 0 AND %s < 1e9', 1, 1],
	'real' => ['0.25', 'n', '%s >= 0', 1, 0],
	'double precision' => ['1e3', 'n', '%s IN (1, 2, 3, 4, 5, 1e3)', 1, 0],
	'boolean' => ['true', 'n % 2 = 0', '%s OR NOT %s', 1, 1],
	'date' => ['CURRENT_DATE', "DATE '2024-01-01' + n", "%s > DATE '2000-01-01'", 1, 0],
	'time' => ["'10:00'", "TIME '10:00' + n * interval '1 minute'", "%s > '01:00'", 1, 0],
	'timestamp(3) without time zone' => ['now()', "TIMESTAMP '2024-01-01 00:00:00' + n * interval '1 day'", "%s > '2000-01-01'", 1, 0],
	'timestamp with time zone' => ['now()', "TIMESTAMPTZ '2024-01-01 00:00:00+00' + n * interval '1 day'",
		"EXTRACT(year FROM %s AT TIME ZONE 'UTC') > 2000", 1, 0],
	'interval' => ["'1 day'", "n * interval '1 hour'", "%s >= '0'", 1, 0],
	'jsonb' => ["'{}'", "jsonb_build_object('n', n)", "jsonb_typeof(%s) = 'object'", 1, 0],
	'json' => ["'[]'", "json_build_object('n', n)", "json_typeof(%s) IN ('object', 'array')", 0, 0],
	'uuid' => ['gen_random_uuid()', "md5(n::text)::uuid", '%s IS NOT NULL OR true', 1, 1],
	'text[]' => ["ARRAY['a', 'b']", "ARRAY['r' || n]", 'cardinality(%s) < 10', 1, 0],
	'integer[]' => ["'{1,2}'", 'ARRAY[n, n]', "%s <> '{9}'", 1, 0],
	'bytea' => ["'\\x01'", "decode(lpad(n::text, 2, '0'), 'hex')", 'octet_length(%s) < 100', 1, 0],
	'bit(4)' => ["B'0101'", 'n::bit(4)', "%s <> B'1111'", 1, 0],
	'inet' => ["'10.0.0.1'", "'10.0.0.0'::inet + n", "family(%s) = 4", 1, 0],
	'point' => ["'(1,2)'", 'point(n, n)', "%s IS NULL OR %s <@ box '(100,100),(-100,-100)'", 0, 0],
	'int4range' => ["'[1,2)'", 'int4range(n, n + 1)', 'NOT isempty(%s)', 1, 0],
	'tsvector' => ["'a'", "to_tsvector('simple', 'w' || n)", 'length(%s) < 9', 1, 0],
	'oid' => ['0', 'n::oid', '%s >= 0', 1, 0],
);
my @builtin_names = sort keys %builtin;

sub type_builtin { my ($name) = @_; return { builtin => $name } }
sub type_of_object { my ($object, $array) = @_; return { object => $object, array => $array } }

sub type_sql {
	my ($type) = @_;
	return $type->{builtin} if $type->{builtin};
	return $kinds{range}{multi}->($type->{object}) if $type->{multi};
	return qualified($type->{object}) . ($type->{array} ? '[]' : '');
}

# default, value, check (NULL for none), ordered, immutable text
sub type_facts {
	my ($type) = @_;
	return @{ $builtin{ $type->{builtin} } } if $type->{builtin};
	my ($default, $value, $check, $ordered) = $kinds{ $type->{object}{kind} }{facts}->($type->{object});
	return ("'{}'", type_sql($type) . "($value)", 'NOT isempty(%s)', $ordered, 0) if $type->{multi};
	return ($default, $value, $check, $ordered, 0) unless $type->{array};
	return ("ARRAY[$default]::" . type_sql($type), "ARRAY[$value]::" . type_sql($type), 'cardinality(%s) < 9', $ordered, 0);
}

# Among objects before `limit`, or all of them.
sub random_type {
	my ($schema, $limit) = @_;
	my @wanted = qw(enum domain composite range);
	my @types = $limit ? earlier($schema, $limit, @wanted) : objects($schema, @wanted);
	my $chosen = @types && chance(22) ? pick(@types) : undef;
	return { object => $chosen, multi => 1 } if $chosen && $chosen->{multi} && $version >= 14 && chance(50);
	return type_of_object($chosen, $chosen->{kind} ne 'domain' && chance(15)) if $chosen;
	return type_builtin(pick(@builtin_names));
}

1;
