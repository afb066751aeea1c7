#!/usr/bin/perl
# version_proxy.pl - a server that says it is of another version than it is.
#
#     version_proxy.pl LISTEN CONNECT VERSION
#
# Takes connections on the unix socket LISTEN/.s.PGSQL.5432, hands them on to CONNECT/.s.PGSQL.5432, and writes VERSION where
# the server reports its own (the parameter server_version at the start of a session, which is what libpq goes by).
# Runs until it is killed.
use strict;
use warnings;
use IO::Select;
use IO::Socket::UNIX;

my ($listen, $connect, $version) = @ARGV;
my $name = '.s.PGSQL.5432';

unlink "$listen/$name";
my $server = IO::Socket::UNIX->new(Local => "$listen/$name", Listen => 20) or die "cannot listen in $listen: $!";
$SIG{CHLD} = 'IGNORE';

sub put {
	my ($to, $data) = @_;
	while (length $data) {
		my $count = syswrite $to, $data or exit 0;
		substr $data, 0, $count, '';
	}
}

# Whole messages are taken off the front of $$buffer; true once the start is over.
sub start {
	my ($buffer, $client) = @_;
	while (length $$buffer >= 5) {
		my ($type, $length) = unpack 'a1N', $$buffer;
		return 0 if length $$buffer < $length + 1;
		my $message = substr $$buffer, 0, $length + 1, '';
		if ($type eq 'S' && $message =~ /\A.{5}server_version\0/s) {
			my $body = "server_version\0$version\0";
			$message = pack('a1N', 'S', 4 + length $body) . $body;
		}
		put($client, $message);
		return 1 if $type eq 'Z';
	}
	return 0;
}

sub serve {
	my ($client) = @_;
	my $back = IO::Socket::UNIX->new(Peer => "$connect/$name") or exit 1;
	my $select = IO::Select->new($client, $back);
	my ($buffer, $started) = ('', 0);
	while (1) {
		for my $from ($select->can_read) {
			sysread($from, my $data, 65536) or exit 0;
			if ($from == $client) {
				put($back, $data);
			} elsif ($started) {
				put($client, $data);
			} else {
				$buffer .= $data;
				$started = start(\$buffer, $client);
				put($client, $buffer) if $started && length $buffer;
			}
		}
	}
}

while (1) {
	my $client = $server->accept or next;
	my $child = fork;
	if (defined $child && $child == 0) {
		close $server;
		serve($client);
	}
	close $client;
}
