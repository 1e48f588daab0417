namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Words that say what belongs together.</summary>
internal static class LinkWords
{
    public static IEnumerable<(string Phrases, Cue Cue)> Entries =>
    [
        ("""
        with, along with, together with, add, added, adding, plus, including, include, includes, put, topped, topped with, top it with, top it off with, topping, with just, with only, with some, that has, which has, has, that comes with, comes with, come with,
        loaded with, filled with, stuffed with, covered in, covered with, dressed with, dressed in, flavored with, sprinkled with, drizzled with, finished with, mixed with, featuring, containing, made with, throw in, throw on, toss in, toss on
        """, new Cue(CueKind.With)),
        ("and, as well as, and also, and then, also, n, nd, then, followed by, besides", new Cue(CueKind.And)),
        ("or, nor, or any", new Cue(CueKind.Or)),
        ("but, however, though, yet", new Cue(CueKind.But)),
        ("on, onto, for, on top of, in, inside, to, into", new Cue(CueKind.Onto)),
        ("both, both of them, both of those, the both, both with", new Cue(CueKind.Both)),
        ("all with, all of them, all of those, each with, each, each of them, every one, all of it, all three, all four, everything with, them all", new Cue(CueKind.All)),
    ];
}
