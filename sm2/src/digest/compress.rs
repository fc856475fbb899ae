//! SM3's compression (GB/T 32905-2016 5.3), of one message or of several side by side.

/// A word of each message worked on.
pub(super) trait Words: Copy {
    /// The same word for every message.
    fn splat(word: u32) -> Self;
    fn add(self, other: Self) -> Self;
    fn xor(self, other: Self) -> Self;
    /// The bit of `yes` where this one has a one, or else that of `no`.
    fn choose(self, yes: Self, no: Self) -> Self;
    /// The bit that two at least of the three have.
    fn majority(self, b: Self, c: Self) -> Self;
    /// Left by `BITS`, of which `REST` is what is missing to 32.
    fn rotate<const BITS: i32, const REST: i32>(self) -> Self;
}

/// The constants of the rounds, each rotated by its number.
const CONSTANTS: [[u32; 16]; 4] = [
    rotated(0x79cc_4519, 0),
    rotated(0x7a87_9d8a, 16),
    rotated(0x7a87_9d8a, 32),
    rotated(0x7a87_9d8a, 48),
];

/// Sixteen times the constant, rotated by the number of the round.
#[allow(clippy::indexing_slicing, reason = "evaluated when compiling")]
const fn rotated(constant: u32, first_round: u32) -> [u32; 16] {
    let mut constants = [0; 16];
    let (mut at, mut round) = (0, first_round);
    while at < constants.len() {
        constants[at] = constant.rotate_left(round % 32);
        (at, round) = (at + 1, round + 1);
    }
    constants
}

macro_rules! rotate {
    ($word:expr, $bits:literal) => {
        $word.rotate::<$bits, { 32 - $bits }>()
    };
}

/// One round. Of the eight words only D and H change, which are A and E to the next round.
macro_rules! round {
    ($kind:ident, $constant:expr, $w:expr, $w4:expr,
     $a:ident, $b:ident, $c:ident, $d:ident, $e:ident, $f:ident, $g:ident, $h:ident) => {
        let rotated = rotate!($a, 12);
        let ss1 = rotate!(rotated.add($e).add(W::splat($constant)), 7);
        let tt1 = round!(@$kind ff $a, $b, $c).add($d).add(ss1.xor(rotated)).add($w.xor($w4));
        let tt2 = round!(@$kind gg $e, $f, $g).add($h).add(ss1).add($w);
        $b = rotate!($b, 9);
        $f = rotate!($f, 19);
        $d = tt1;
        $h = tt2.xor(rotate!(tt2, 9)).xor(rotate!(tt2, 17));
    };
    (@early $function:ident $x:ident, $y:ident, $z:ident) => { $x.xor($y).xor($z) };
    (@late ff $x:ident, $y:ident, $z:ident) => { $x.majority($y, $z) };
    (@late gg $x:ident, $y:ident, $z:ident) => { $x.choose($y, $z) };
}

/// The next word of the message, in the place of the one that is not needed any more.
macro_rules! expand {
    ($w:ident, $at:literal) => {
        let mixed = $w[$at]
            .xor($w[($at + 7) % 16])
            .xor(rotate!($w[($at + 13) % 16], 15));
        $w[$at] = mixed
            .xor(rotate!(mixed, 15))
            .xor(rotate!(mixed, 23))
            .xor(rotate!($w[($at + 3) % 16], 7))
            .xor($w[($at + 10) % 16]);
    };
}

/// Four rounds, after which the words are at their places again. The words of the message that are
/// four ahead are made before, where they are not those of the block.
macro_rules! four_rounds {
    ($kind:ident, $constants:ident, $w:ident, $at:literal, [$($ahead:literal)*],
     [$a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident]) => {
        $( expand!($w, $ahead); )*
        round!($kind, $constants[$at], $w[$at], $w[($at + 4) % 16], $a, $b, $c, $d, $e, $f, $g, $h);
        round!($kind, $constants[$at + 1], $w[$at + 1], $w[($at + 5) % 16], $d, $a, $b, $c, $h, $e, $f, $g);
        round!($kind, $constants[$at + 2], $w[$at + 2], $w[($at + 6) % 16], $c, $d, $a, $b, $g, $h, $e, $f);
        round!($kind, $constants[$at + 3], $w[$at + 3], $w[($at + 7) % 16], $b, $c, $d, $a, $f, $g, $h, $e);
    };
}

/// The state after a block, given by its words.
#[inline(always)]
pub(super) fn compress<W: Words>(state: [W; 8], mut w: [W; 16]) -> [W; 8] {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
    let [t, late @ ..] = &CONSTANTS;
    four_rounds!(early, t, w, 0, [], [a b c d e f g h]);
    four_rounds!(early, t, w, 4, [], [a b c d e f g h]);
    four_rounds!(early, t, w, 8, [], [a b c d e f g h]);
    four_rounds!(early, t, w, 12, [0 1 2 3], [a b c d e f g h]);
    for t in late {
        four_rounds!(late, t, w, 0, [4 5 6 7], [a b c d e f g h]);
        four_rounds!(late, t, w, 4, [8 9 10 11], [a b c d e f g h]);
        four_rounds!(late, t, w, 8, [12 13 14 15], [a b c d e f g h]);
        four_rounds!(late, t, w, 12, [0 1 2 3], [a b c d e f g h]);
    }
    let [a0, b0, c0, d0, e0, f0, g0, h0] = state;
    [
        a.xor(a0),
        b.xor(b0),
        c.xor(c0),
        d.xor(d0),
        e.xor(e0),
        f.xor(f0),
        g.xor(g0),
        h.xor(h0),
    ]
}

/// One message, in safe Rust.
impl Words for u32 {
    #[inline(always)]
    fn splat(word: u32) -> Self {
        word
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }

    #[inline(always)]
    fn choose(self, yes: Self, no: Self) -> Self {
        no ^ (self & (yes ^ no))
    }

    #[inline(always)]
    fn majority(self, b: Self, c: Self) -> Self {
        (self & b) | (c & (self | b))
    }

    #[inline(always)]
    fn rotate<const BITS: i32, const REST: i32>(self) -> Self {
        self.rotate_left(BITS.unsigned_abs())
    }
}
