# Reads messages, each after a line with its length in bytes, and tells of each the subject, the names of From
# and To and the file name, one to a line in UTF-8: a second reader of RFC 2047 and RFC 2231.
use strict;
use warnings;
use Encode qw(decode encode);
use Encode::MIME::Header;

binmode STDIN;
binmode STDOUT;
while (defined(my $line = <STDIN>)) {
    read STDIN, my $message, int $line;
    my ($head, $body) = split /\r\n\r\n/, $message, 2;
    $head =~ s/\r\n(?=[ \t])//g;
    for my $field ('Subject', 'From', 'To') {
        my ($value) = $head =~ /^\Q$field\E: (.*?)\r?$/m;
        $value =~ s/ <[^<>]*>$// if $field ne 'Subject';
        print encode('UTF-8', decode('MIME-Header', $value)), "\n";
    }
    my ($disposition) = $body =~ /^Content-Disposition: (attachment.*?)\r\n(?![ \t])/ms;
    $disposition =~ s/\r\n[ \t]+/ /g;
    my %section;
    $section{$1} = $2 while $disposition =~ /filename\*(\d+)\*=([^;\s]*)/g;
    if (%section) {
        my $coded = join '', map { $section{$_} } sort { $a <=> $b } keys %section;
        $coded =~ s/^utf-8''//i or die "no charset: $coded";
        $coded =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
        print $coded, "\n";
    } else {
        my ($name) = $disposition =~ /filename="([^"]*)"/;
        print $name, "\n";
    }
}
