# usage: rest.pl PLAN.json: one line for each withheld change and kept object of a plan.
use strict;
use warnings;
use JSON::PP;
local $/;
open my $in, '<', $ARGV[0] or die "$ARGV[0]: $!";
my $plan = decode_json(<$in>);
binmode STDOUT, ':utf8';
printf "withheld %s: %s\n", $_->{object}, $_->{reason} for @{ $plan->{withheld} };
printf "kept %s\n", $_->{object} for @{ $plan->{kept} };
