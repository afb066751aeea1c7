# usage: survived.pl BEFORE AFTER: every table and column of BEFORE must be in AFTER with the same count
# and the same checksum (rows.sql).
use strict;
use warnings;
# A name may hold bars; the type behind them may be another afterwards.
sub fields {
    my @fields = $_[0] =~ /^(.*)\|(\d+)\|(\w+)\|\d+\|-?\d+$/ or die "not understood: $_[0]\n";
    return @fields;
}
my ($before, $after) = @ARGV;
my %after;
open my $in, '<', $after or die "$after: $!";
while (<$in>) { chomp; my ($name, $count, $sum) = fields($_); $after{$name} = [$count, $sum]; }
open $in, '<', $before or die "$before: $!";
my $lost = 0;
while (<$in>) {
    chomp;
    my ($name, $count, $sum) = fields($_);
    if (!$after{$name}) { print "gone: $name\n"; $lost = 1; }
    elsif ($after{$name}[0] != $count) { print "rows of $name: $count before, $after{$name}[0] after\n"; $lost = 1; }
    elsif ($after{$name}[1] ne $sum) { print "values of $name changed\n"; $lost = 1; }
}
exit $lost;
