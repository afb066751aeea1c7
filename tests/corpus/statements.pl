# Turns a pg_dump script into sorted statements, the lines of a CREATE TABLE sorted too: an existing table's
# column order cannot be changed.  Reads stdin.
use strict;
use warnings;
local $/;
my $text = <STDIN>;
$text =~ s/^SET .*?;\n//gm;
$text =~ s/^SELECT pg_catalog\.set_config.*?;\n//gm;
my @statements;
my $open;    # inside a dollar quote
my $statement = '';
for my $line (split /\n/, $text) {
    next if $line eq '' && $statement eq '';
    $statement .= "$line\n";
    while ($line =~ /(\$[A-Za-z_]*\$)/g) {
        if (!defined $open) { $open = $1 }
        elsif ($1 eq $open) { undef $open }
    }
    if (!defined $open && $line =~ /;$/ && ($statement !~ /BEGIN ATOMIC/ || $line =~ /^END;$/ || $line =~ /^ END;$/)) {
        push @statements, $statement;
        $statement = '';
    }
}
push @statements, $statement if $statement ne '';
for (@statements) {
    # Storage options have no order.
    s{\bWITH \((\w+='[^']*'(?:, \w+='[^']*')+)\)}{"WITH (" . join(', ', sort split /, /, $1) . ")"}ge;
    if (/^CREATE (?:UNLOGGED |FOREIGN )?TABLE/) {
        my ($head, $body, $tail) = /\A(.*?\(\n)(.*)(^\).*)\z/ms or next;
        my @lines = map { s/,$//r } split /\n/, $body;
        $_ = $head . join("\n", sort @lines) . "\n" . $tail;
    }
}
print sort @statements;
