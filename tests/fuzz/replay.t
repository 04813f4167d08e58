#!/usr/bin/perl
# replay.t: every fuzz target holds on its seeds, on what was found before, and on a few thousand mutations.
# SPDX-License-Identifier: MIT
#
# FUZZ_COUNT: mutations of each target (default 300, of the heavy ones fewer).
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $replay = "$ENV{BUILD}/tests/fuzz/replay";
my $folder = tempdir(CLEANUP => 1);
my $count  = $ENV{FUZZ_COUNT} // 300;
# A whole analysis takes a hundred times as long as a tag list.
my %slow = map { $_ => 15 } qw(analysis);
$slow{$_} = 3 for qw(store repair dkim signed mime form);

delete $ENV{FROMSCOPE};
$ENV{FUZZ_LAST}   = "$folder/last";
$ENV{FUZZ_SEEDED} = "$folder/made";
mkdir $ENV{FUZZ_SEEDED};
system($replay, '--make', $_, $ENV{FUZZ_SEEDED}) == 0 or die "no seeds" for qw(webform bounce);
chomp(my @targets = `$replay --list`);
is(system('tests/fuzz/seeds', "$folder/seeds"), 0, 'seeds are written');
ok(@targets > 30, 'there are many targets');

for my $target (@targets) {
    my @seeds = sort glob "$folder/seeds/$target/*";
    my $runs  = int($count / ($slow{$target} // 1));
    # The samples are whole messages: of the heavy ones a few will do.
    my $rest = @seeds > 60 ? int(@seeds / 60) + 1 : 1;
    @seeds = @seeds[grep { $_ % $rest == 0 } 0 .. $#seeds];
    my @found = sort glob "tests/fuzz/found/$target-*";
    my $said  = `$replay $target $runs @seeds @found 2>&1`;
    my $ok    = is($?, 0, "$target holds") && like($said, qr/^(\d+) inputs$/m, "$target ran");
    if (!$ok) {
        my $last = '';
        if (open my $file, '<:raw', "$folder/last") { local $/; $last = <$file>; }
        diag($said, "the input, in hexadecimal: ", unpack('H*', $last));
    }
}
done_testing;
