namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>How people say that they do not want something.</summary>
internal static class NegationWords
{
    /// <summary>Value of a denial whose object is exchanged for something.</summary>
    public const int Exchanged = 1;

    public static IEnumerable<(string Phrases, Cue Cue)> Entries =>
    [
        ("""
        no, without, without any, without the, without adding, without adding any, hold, hold the, hold any, hold off, hold off on, hold off on the, hold on, hold on the, hold back, hold back on, hold back the,
        skip, skip the, skip any, minus, minus the, except, except for, except the, except no, remove, remove the, not, not the, not any, non, never, never any, avoid, avoid any, avoid the, hate, dislike,
        omit, omit the, exclude, excluding, leave off, leave off the, leave off any, leave out, leave out the, take off, take off the, take out, take out the, take away, cut the, lose the, ditch the, nix the, scrap the,
        dont, do not, do no, dont want, do not want, dont want any, do not want any, dont need, do not need, dont need any, do not need any, dont like, do not like, dont add, do not add, do no add, dont put, do not put, dont include,
        do not include, dont give me, do not give me, wont need, will not need, wont have, will not have, wont want, cant have, cannot have, can not have, cant eat, cannot eat, can not eat, cant stand, shouldnt have, should not have,
        stay away from, keep off, keep off the, not in the mood for, no need for, allergic to, im allergic to, least favorite, not a fan of, not interested in, rid of, get rid of,
        instead of, instead of the, in place of, rather than, free of, lay off the, pass on the, nothing with, none of the, none of that, zero, go without, do without, cancel, cancel the, forget the, forget about the, not adding, not having
        """, new Cue(CueKind.Negation)),
        // What is named first goes, what follows "for" or "with" takes its place.
        ("swap, swap the, swap out, swap out the, replace, replace the, exchange, exchange the, trade, trade the, switch out, switch out the", new Cue(CueKind.Negation, Exchanged)),
        // What is named first comes, what follows "for" goes; with "with" it is the other way round.
        ("substitute, substitute the, substitute in, substitute some, substituting", new Cue(CueKind.Substitution)),
        // Said of what went before, not of what follows.
        ("no thanks, no thank you, no problem, no worries, no rush, not sure, why not, if not, dont worry, dont forget, do not forget, dont you, no idea, i dont know, i do not know, dont mind, no sir, no maam, no that is all, no thats all, no thats it", new Cue(CueKind.Polite)),
    ];

    /// <summary>"know onions": right before something that can be left off it was heard wrongly.</summary>
    public static bool SoundsLikeNo(string stem) => stem is "know" or "noh" or "kno";

    /// <summary>Verbs whose particle may stand after the option: "leave the onions off", "take the pickles out".</summary>
    public static bool IsVerb(string stem) => stem is "leave" or "take" or "keep";

    public static bool IsParticle(string stem) => stem is "off" or "out" or "away";
}
