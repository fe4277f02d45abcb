#!/usr/bin/perl
# Sends ready-made D-Bus messages over a socket, one after the other, and gives back what comes: for tests that must be somebody, byte for byte.
#   relay.pl SOCKET SECONDS <messages >answers     each answer (a return or an error; signals are dropped) as it came; an empty one (16 NUL bytes) for none in time
use strict;
use warnings;
use IO::Socket::UNIX;

my ($path, $limit) = @ARGV;
binmode STDIN;
binmode STDOUT;
local $/;
my $messages = <STDIN>;
my $socket = IO::Socket::UNIX->new(Peer => $path) or die "connect $path: $!";
my $have = '';
syswrite $socket, "\0AUTH EXTERNAL " . unpack('H*', "$>") . "\r\n" or die "write: $!";
until ($have =~ s/^OK .*?\r\n//) { die "refused: $have" if $have =~ /^REJECTED/; more(5) or die 'no answer to AUTH' }
syswrite $socket, "NEGOTIATE_UNIX_FD\r\n";
until ($have =~ s/^(AGREE_UNIX_FD|ERROR).*?\r\n//) { more(5) or die 'no answer to NEGOTIATE_UNIX_FD' }
syswrite $socket, "BEGIN\r\n";

my $at = 0;
while ($at < length $messages) {
    my $size = size(substr($messages, $at, 16));
    my $one = substr($messages, $at, $size);
    $at += $size;
    for (my $sent = 0; $sent < $size;) { $sent += syswrite($socket, $one, $size - $sent, $sent) // die "write: $!" }
    print answer(unpack('V', substr($one, 8, 4)));
}

sub size {
    my ($length, undef, $fields) = unpack 'VVV', substr($_[0], 4);
    return 16 + ($fields + 7 & ~7) + $length;
}

sub more {
    my $bits = '';
    vec($bits, fileno($socket), 1) = 1;
    return 0 unless select $bits, undef, undef, $_[0];
    return sysread($socket, $have, 65536, length $have) || die 'hung up';
}

# The reply serial is the one field with code 5: found by its head, 5 1 u 0, at a multiple of 8.
sub answer {
    my ($serial) = @_;
    my $end = time + $limit;
    while (1) {
        while (length $have >= 16 && length $have >= size($have)) {
            my $message = substr $have, 0, size($have), '';
            next unless ord(substr $message, 1, 1) == 2 || ord(substr $message, 1, 1) == 3;
            for (my $i = 16; $i + 8 <= length $message; $i += 8) {
                return $message if substr($message, $i, 8) eq "\5\1u\0" . pack('V', $serial);
            }
        }
        return "\0" x 16 if time >= $end || !more($end - time);
    }
}
