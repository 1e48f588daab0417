namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>How people change their mind within a sentence.</summary>
internal static class CorrectionWords
{
    public static IEnumerable<(string Phrases, Cue Cue)> Entries =>
    [
        ("""
        no wait, oh wait, wait no, no no, no sorry, sorry no, sorry make that, no make that, no make it, actually make that, actually make it, actually no, no actually, make that, make those, lets make that, change that to, change it to, change those to, switch that to,
        i mean, i meant, i mean to say, or rather, scratch that, scratch that make it, scratch that make that, on second thought, on second thoughts, correction, sorry i meant, sorry i mean, strike that, let me change that to, instead make that, or no
        """, new Cue(CueKind.Correction)),
        ("actually, wait, hang on, rather, sorry, make it, make them, make mine, i want it, better make it, instead", new Cue(CueKind.Afterthought)),
        ("never mind, nevermind, never mind that, forget it, forget that, cancel that, scrap that, take that back, drop that, delete that, remove that", new Cue(CueKind.TakeBack)),
    ];
}
