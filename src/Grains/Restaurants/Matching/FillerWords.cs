using System.Collections.Frozen;

namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>Words of ordinary talk around an order. None of them is ever compared with the menu by spelling.</summary>
internal static class FillerWords
{
    public static IEnumerable<(string Phrases, Cue Cue)> Entries =>
    [
        ("""
        the, any, some, it, its, that, thats, these, those, this, them, there, my, your, our, their, his, her, is, are, was, were, be, been, being, at, from, as, so, just, only, of course, if, by, same, way, style, kind, type, sort,
        which, who, where, when, what, how, thing, else, one thing, that one, this one, the one, those ones, in that one, in that, in it, on it, on that, on them, on top, on there, in there, on this, on these, on those, with that, with it, with this, with those, inside it, to it, to that, to this, to those, the top,
        first, second, third, last, next, other, others, rest, part, off, out, away, up, down, over, under, more of, size, sized, in size, topping, toppings, for topping, for toppings, drink, drinks, beverage, side item, main dish, dish, main, entree, meal,
        item, to drink, to eat, to go, to start, for a side, for my side, on my side, for the side, as a side, for dessert, for my drink, for a drink, as a drink, for my main, for lunch, for dinner, for breakfast, today, tonight, tomorrow, now, here, later, time, people, person, husband, wife, kid, son, daughter, friend,
        the usual, whole, half, too, very, really, definitely, absolutely, certainly, quite, pretty, much, many, also include, all, every, everything else, that would be, would be, will be, would be great, would be good, even, still, again, both sides, additionally, including the, only the, x, times
        """, new Cue(CueKind.Small)),
        ("of, order, orders, order of, orders of, side, sides, side of, sides of, side order, side order of, side orders of, portion, portions, portion of, piece, piece of, serving, serving of, plate, plate of, bowl of, cup, cup of, glass, glass of, helping of, basket of, box of, bag of, pump of, pumps of, pump, shot of, shots of, layer of, scoop of, slice of, slices of, squirt of, packet of, handful of, round of, worth of, amount of", new Cue(CueKind.Measure)),
        ("fresh, freshly, hot, cold, warm, chilled, nice, delicious, tasty, yummy, favorite, favourite, famous, original, new, good, best, great, big old, ordinary, normal, typical, traditional, plain, black, caffe, cafe, straight, beautiful, lovely, amazing, awesome, perfect, wonderful, real, homemade, special, cheap, ice cold, simple, toasty, well done, one topping, two topping, three topping, four topping, five topping, single topping, double topping", new Cue(CueKind.Descriptor)),
        ("""
        please, thank, thanks, thank you, thanks much, thanks a lot, thanks so much, thank you so much, thank you very much, ok, okay, yes, yeah, yep, yup, sure, hi, hello, hey, howdy, good morning, good evening, good afternoon, good day, morning, evening, afternoon, night, uh, um, er, ah, hm, hmm, eh, oh, well, maybe, sir, maam, mister, miss, man, dude, buddy,
        kindly, lastly, finally, basically, actually yes, alright, right, welcome, bye, goodbye, cheers, possible, possibly, appreciate, appreciate it, i appreciate it, that is all, thats all, thats all for today, thats it, that is it, that will be all, thatll be all, that will do, thatll do, in all, in total, altogether, im good, im done, im all set, all set, how are you, how are you doing, let me see,
        lets see, you know, i guess, i think, i believe, i suppose, do me a favor, favor, if you can, if possible, if you could, as well, important, hungry, starving, hurry, asap, rush, anyway, like so, and stuff, or something, let me think, to be honest, im allergic, thank god, go ahead, lets go
        """, new Cue(CueKind.Polite)),
        ("""
        i, id, ill, im, ive, we, wed, well have, were, weve, you, me, us, he, she, they, hed, shed, theyd, would, like, likes, love, want, wants, wanted, wanting, wanna, need, needs, needed, take, get, gets, getting, got, gotta, have, having, had, can, could, may, might, will, shall, should, do, does, did, doing, let, lets, give, gives, bring, make, makes, making,
        ordering, ordered, buy, gimme, gonna, going, go, go for, go with, grab, start, begin, place, try, trying, feel, feels, think, thinking, guess, say, said, tell, ask, come, comes, prefer, wish, hope, looking, look, eat, drink some, see, set, send, pick, pick up, hook, fix, serve, served, call, called, know, mean, use, keep, enjoy, decide, decided, choose, chose, sound, sounds, please order, craving, fancy, expect, request, repeat, show, work, help, happen, pay, share, split,
        i would like to, i would like, i want to, id like to, would like to, would love to, like to, want to, wants to, need to, going to, able to, love to, wish to, prefer to, trying to, wanting to, wanted to, used to, have to, got to, hoping to, planning to, happy to, ready to, about to, go ahead and, make sure, make sure its, make sure it is, be sure to, in the mood for, in for, asking for, looking for, order for, my order is for, that be for, thank you for
        """, new Cue(CueKind.Clause)),
    ];

    private static readonly FrozenSet<string> s_common = FrozenSet.ToFrozenSet(
    [
        "after", "before", "because", "between", "during", "since", "until", "while", "about", "around", "another", "always", "almost", "already", "away", "back", "came", "care", "change", "close", "could", "cool", "doe", "done", "door",
        "down", "drive", "each", "easy", "either", "else", "enough", "ever", "every", "family", "fast", "feel", "fill", "find", "fine", "front", "full", "hand", "hard", "head", "hear", "high", "home", "hour", "house", "idea", "instead",
        "into", "kept", "late", "least", "left", "less", "life", "live", "long", "lunch", "made", "mind", "minute", "money", "month", "most", "must", "name", "near", "none", "noon", "nothing", "often", "once", "only", "open", "over", "pack",
        "phone", "place", "point", "question", "quick", "read", "ready", "reason", "ring", "seem", "should", "sick", "sir", "soon", "speak", "spend", "stay", "stop", "stuff", "such", "sweet", "table", "talk", "thank", "their", "then", "there",
        "they", "thing", "though", "through", "till", "tired", "together", "told", "took", "total", "touch", "town", "true", "turn", "under", "upon", "very", "visit", "wait", "walk", "watch", "water", "week", "well", "went", "were", "when",
        "where", "which", "whole", "window", "without", "wonder", "word", "work", "world", "would", "wrong", "year", "young", "yours", "come", "some", "same", "take", "than", "that", "this", "will", "with", "your", "have", "from", "just", "like",
    ], StringComparer.Ordinal);

    /// <summary>Sounds of thinking that recognition takes down as words.</summary>
    public static bool IsHesitation(string stem) => stem is "uh" or "um" or "uhm" or "er" or "erm" or "ah" or "hm" or "hmm" or "mm" or "mmm" or "eh";

    /// <summary>Whether an unknown word may be compared with the menu's words by spelling or sound.</summary>
    public static bool IsOrdinary(string stem) => s_common.Contains(stem);
}
