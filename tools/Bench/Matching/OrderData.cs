namespace VoiceOrdering.Bench.Matching;

/// <summary>Sentences that people said, with what they ordered, and the menu they ordered from.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Sentences">In the files' order.</param>
/// <param name="Intents">Kinds of orders.</param>
internal sealed record OrderData(string Name, IReadOnlyList<OrderSentence> Sentences, IReadOnlyList<OrderIntent> Intents);

/// <summary>One sentence and its orders.</summary>
internal sealed record OrderSentence(string Text, IReadOnlyList<OrderTree> Orders);

/// <summary>A kind of order.</summary>
/// <param name="Name">Label of its trees.</param>
/// <param name="EntityNames">What people call it.</param>
/// <param name="Slots">What can be said about it.</param>
internal sealed record OrderIntent(string Name, IReadOnlyList<string> EntityNames, IReadOnlyList<OrderSlot> Slots);

/// <summary>Something that can be said about an order.</summary>
/// <param name="Name">Label of its trees.</param>
/// <param name="Suffixes">Words that may follow its phrases.</param>
/// <param name="Forms">Ways to say its values.</param>
internal sealed record OrderSlot(string Name, IReadOnlyList<string> Suffixes, IReadOnlyList<SurfaceForm> Forms);

/// <summary>One way to say a value.</summary>
internal sealed record SurfaceForm(string Phrase, OrderTree Value);

/// <summary>The folder cannot be used; the message is the sentence for whoever named it.</summary>
internal sealed class OrderDataException(string message) : Exception(message);
