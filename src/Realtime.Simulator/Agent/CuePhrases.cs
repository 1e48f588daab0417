namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>The table of phrases that steer an order. Written in canonical form: no apostrophes, lower case; the longest match wins.</summary>
internal static class CuePhrases
{
    public static readonly IReadOnlyList<(Cue Cue, string[] Phrases)> Table =
    [
        (Cue.Add,
        [
            "add", "get", "have", "want", "order", "like", "give me", "bring me", "id like", "i would like", "i want", "i need", "ill have",
            "ill take", "i will have", "i will take", "can i get", "can i have", "could i get", "could i have", "may i have",
            "lets get", "lets have", "lets do", "ill do", "ill get", "put", "include", "throw in", "we want", "can we get", "can we have", "plus", "also",
            "i would like to order", "id like to order", "i want to order", "also add", "and also", "as well as",
        ]),
        (Cue.Remove,
        [
            "remove", "delete", "cancel", "drop", "scratch", "get rid of", "dont want", "i dont want", "take away", "take back",
            "forget", "no more", "lose",
        ]),
        (Cue.TakeOff, ["take", "take off", "take out"]),
        (Cue.Change,
        [
            "change", "make", "switch", "swap", "replace", "turn", "update", "set", "make it", "make that", "make those", "make them", "make the",
            "change it", "change that", "change the", "i want to change", "id like to change", "can you change", "can you make", "could you make",
            "switch it", "switch that", "switch the", "swap it", "swap that", "swap the", "replace it", "replace that", "replace the",
            "actually make that", "actually make it", "actually change", "actually change that",
        ]),
        (Cue.Actually, ["actually", "wait", "i meant", "i mean", "sorry i meant", "correction", "better", "on second thought"]),
        (Cue.Instead, ["instead", "instead of that", "instead of", "rather than"]),
        (Cue.With, ["with", "w", "extra", "add extra", "topped with", "having"]),
        (Cue.Without, ["without", "hold", "hold the", "minus", "skip", "skip the", "leave off", "leave out", "leave off the", "leave out the", "no", "but no", "with no", "not", "w o", "except"]),
        (Cue.And, ["and", "then", "and then", "but"]),
        (Cue.Or, ["or", "nor"]),
        (Cue.To, ["to", "into", "for", "by"]),
        (Cue.On, ["on", "from", "off", "off of", "in", "out of", "onto", "out"]),
        (Cue.That, ["that", "it", "this", "those", "them", "these", "that one", "the last one", "the last", "last one", "that item", "the last item"]),
        (Cue.The, ["the", "my"]),
        (Cue.More, ["more", "additional"]),
        (Cue.AnotherOne, ["another one", "one more", "the same again", "same again", "one more of those", "another one of those", "one more of that", "the same"]),
        (Cue.Everything, ["everything", "all", "all of it", "all of them", "the whole order", "the order", "my order", "whole order", "the whole thing"]),
        (Cue.Yes,
        [
            "yes", "yeah", "yep", "yup", "sure", "ok", "okay", "correct", "right", "sounds good", "that is correct", "thats correct", "thats right",
            "that is right", "looks good", "perfect", "go ahead", "yes please", "of course", "absolutely", "exactly", "fine", "do it", "great",
            "that sounds good", "that sounds right", "sounds right", "yes that is correct", "yes thats correct", "yes thats right", "please do",
        ]),
        (Cue.No, ["nope", "nah", "no no", "not yet", "wrong", "thats wrong", "that is wrong", "thats not right", "that is not right", "not right", "incorrect"]),
        (Cue.NoThanks, ["no thanks", "no thank you", "nothing", "nothing else", "nope thanks", "no nothing else", "not really"]),
        (Cue.Done,
        [
            "thats all", "that is all", "thats it", "that is it", "that will be all", "thatll be all", "thats everything", "that is everything", "done",
            "im done", "i am done", "that will do", "no thats all", "no that is all", "no thats it", "no that is it", "finished", "im finished", "all done", "thats all for now", "that would be all",
            "that will be it", "thatll be it", "thatll do it", "that completes my order", "id like to check out",
        ]),
        (Cue.Submit,
        [
            "place the order", "place my order", "place order", "submit", "submit the order", "submit my order", "submit order", "confirm", "confirm the order", "confirm my order",
            "checkout", "check out", "send it", "send the order", "order it", "place it", "i confirm", "finish the order", "complete the order", "complete my order", "yes place the order",
            "yes place it", "yes submit", "yes confirm", "go ahead and place it", "go ahead and place the order", "please place the order",
        ]),
        (Cue.ReadCart,
        [
            "whats in my cart", "whats in my order", "what is in my order", "whats in the order", "what is in my cart", "whats in the cart", "what is in the cart", "read my order", "read the order", "read back my order", "read my order back",
            "read it back", "read that back", "whats my order", "what is my order", "what did i order", "what have i ordered", "what do i have", "whats my total", "what is my total", "whats the total",
            "what is the total", "how much is it", "how much is that", "how much do i owe", "how much is my order", "show my cart", "show me my cart", "my cart", "show cart", "total", "the total", "review my order", "show my order",
            "what do i have so far", "what have i got", "repeat my order", "repeat the order", "what is on my order", "whats on my order",
        ]),
        (Cue.StartOver,
        [
            "start over", "start again", "start from scratch", "clear my order", "clear the order", "clear the cart", "clear my cart", "empty the cart", "empty my cart", "cancel my order",
            "cancel the order", "cancel everything", "remove everything", "delete everything", "cancel all", "remove all", "cancel the whole order", "forget everything", "clear everything", "remove all of it",
        ]),
        (Cue.Help, ["help", "what can i say", "how does this work", "what can i do", "help me"]),
        (Cue.Repeat, ["repeat that", "say that again", "what did you say", "come again", "pardon", "what was that", "can you repeat that", "could you repeat that", "repeat", "say again", "excuse me", "can you say that again"]),
        (Cue.Hello, ["hello", "hi", "hey", "good morning", "good evening", "good afternoon", "hi there", "hello there", "how are you"]),
        (Cue.Bye, ["bye", "goodbye", "good bye", "bye bye", "hang up", "see you", "thank you bye", "thanks bye", "end the call", "end call"]),
        (Cue.Human, ["human", "a human", "real person", "a real person", "operator", "an operator", "agent", "an agent", "representative", "speak to someone", "talk to someone", "a person", "staff", "the manager", "a manager"]),
        (Cue.HowMuch, ["how much", "how much is", "how much are", "how much does", "whats the price of", "what is the price of", "price of", "what does", "what do", "how much for", "how much would"]),
        (Cue.DoYouHave, ["do you have", "do you sell", "have you got", "what kind of", "what kinds of", "which", "what", "is there", "are there", "do you serve", "do you offer", "have you", "got any", "search for", "search", "find", "do you have any", "what kind of things"]),
        (Cue.ShowMenu, ["menu", "the menu", "whats on the menu", "what is on the menu", "what do you have", "what can i order", "what do you recommend", "what do you sell", "show me the menu", "what can i get", "what can i have", "what is there"]),
    ];

    /// <summary>Words that mean nothing for the order. They are known, so they are neither corrected nor taken for part of a dish's name.</summary>
    public static readonly IReadOnlySet<string> Fillers = new HashSet<string>(StringComparer.Ordinal)
    {
        "please", "just", "um", "uh", "er", "hmm", "well", "so", "now", "some", "any", "of", "me", "us", "i", "you", "we", "he", "she", "they", "is", "are", "be", "was", "were", "am", "im",
        "can", "could", "would", "will", "may", "might", "should", "shall", "do", "does", "did", "at", "as", "if", "here", "there", "too", "thanks", "thank", "thankyou", "ill", "id",
        "lets", "let", "go", "going", "gonna", "wanna", "want", "try", "think", "guess", "maybe", "kind", "sort", "one", "ones", "order", "orders", "size", "sized", "side", "sides", "piece", "pieces", "each", "both", "really", "very",
        "your", "our", "his", "her", "their", "much", "many", "know", "need", "come", "came", "comes", "put", "times", "time", "x", "again", "only", "still", "cold", "first", "second", "third", "also",
        "hungry", "friend", "today", "tonight", "dont", "not", "what", "which", "how", "who", "when", "where", "why", "see", "say", "said", "look", "good", "thing", "things", "something", "anything", "else", "like", "made", "being", "been", "has", "had",
        "regarding", "about", "over", "up", "down", "away", "back", "take", "took", "make", "makes", "making", "cost", "costs", "price", "sorry", "oh", "ah", "yet", "next", "last", "same", "other", "others", "amount", "number", "line", "item", "items", "order",
        "love", "coming", "more", "less", "little", "lot", "lots", "bit", "with", "without", "no", "yes",
    };
}
