# usage: survived.pl BEFORE AFTER: every table and column of BEFORE must be in AFTER with the same count; the same
# checksum too, unless its values were converted (a retype without loss changes the text, say 1 to 1.00).
use strict;
use warnings;
my ($before, $after) = @ARGV;
my %after;
open my $in, '<', $after or die "$after: $!";
while (<$in>) { chomp; my ($name, $count, $sum) = split /\|/; $after{$name} = [$count, $sum]; }
open $in, '<', $before or die "$before: $!";
my $lost = 0;
while (<$in>) {
    chomp;
    my ($name, $count, $sum) = split /\|/;
    if (!$after{$name}) { print "gone: $name\n"; $lost = 1; }
    elsif ($after{$name}[0] != $count) { print "rows of $name: $count before, $after{$name}[0] after\n"; $lost = 1; }
    elsif ($after{$name}[1] ne $sum) { print "values of $name changed\n"; $lost = 1; }
}
exit $lost;
