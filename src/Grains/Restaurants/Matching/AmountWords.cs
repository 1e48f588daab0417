namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>How people say how much of an option they want.</summary>
internal static class AmountWords
{
    public const string Light = "light";
    public const string Extra = "extra";
    public const string Side = "side";

    public static IEnumerable<(string Phrases, Cue Cue)> Entries =>
    [
        ("""
        light, light on, light on the, go light on, go light on the, lightly, easy on, easy on the, go easy on, go easy on the, little, a little, a little bit, a little bit of, just a little, just a little bit of, only a little,
        only a little bit of, very little, a bit, bit of, a bit of, just a bit, just a bit of, only a bit, only a bit of, a tiny bit, a tiny bit of, just a tiny bit of, only a tiny bit of, tiny bit of, a small bit of, a small amount of, small amount of,
        a touch, a touch of, just a touch of, a hint of, just a hint of, a splash of, just a splash of, a drizzle, a drizzle of, just a drizzle, just a drizzle of, only a drizzle, only a drizzle of, no more than a drizzle, no more than a drizzle of,
        a dash of, just a dash of, a pinch of, just a pinch of, a smidge of, a smidgen of, not much, not too much, not so much, not that much, not a lot, not a lot of, not a whole lot of, not lots of, not many, not too many, not a ton of,
        less, a little less, fewer, dont go crazy on, dont overdo, minimal, thin layer of, a thin layer of, sparse, sparing on
        """, new Cue(CueKind.Amount, 0, Light)),
        ("""
        extra, some extra, more, some more, a little more, a bit more, additional, some additional, lots of, lots and lots of, a lot of, a whole lot of, plenty of, loads of, a load of, loaded with, ton of, tons of, a ton of, heaps of, heavy, heavy on,
        heavy on the, go heavy on, go heavy on the, bunch of, a bunch of, a whole bunch of, double, double the, double up on, double up on the, triple, generous with the, generous amount of, a generous amount of, load it up with, load up on, smothered in, drenched in, piled with
        """, new Cue(CueKind.Amount, 0, Extra)),
        ("on the side, off to the side, on a side, in a side cup, served on the side", new Cue(CueKind.OnTheSide, 0, Side)),
    ];
}
