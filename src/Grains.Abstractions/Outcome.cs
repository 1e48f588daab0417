namespace VoiceOrdering;

/// <summary>An expected "no": a stable code and a sentence that can be shown or spoken to the customer.</summary>
/// <param name="Code">Upper snake case, listed in docs/reference/errors.md.</param>
/// <param name="Sentence">One speakable sentence without personal data.</param>
/// <param name="Choices">What would be accepted instead (option or item names), possibly empty; at most <c>Limits.RefusalChoices</c>.</param>
[GenerateSerializer, Immutable, Alias("vo.Refusal")]
public sealed record Refusal([property: Id(0)] string Code, [property: Id(1)] string Sentence, [property: Id(2)] IReadOnlyList<string> Choices)
{
    /// <summary>A refusal that offers no alternatives.</summary>
    public Refusal(string code, string sentence) : this(code, sentence, []) { }
}

/// <summary>Either a value or a refusal; infrastructure failures and caller mistakes are exceptions instead.</summary>
/// <typeparam name="T">The result type; a type that may cross a grain boundary.</typeparam>
[GenerateSerializer, Immutable, Alias("vo.Outcome`1")]
public sealed record Outcome<T> where T : class
{
    /// <summary>The result, or null when refused.</summary>
    [Id(0)] public T? Value { get; init; }

    /// <summary>The refusal, or null when accepted.</summary>
    [Id(1)] public Refusal? Refusal { get; init; }

    /// <summary>Whether <see cref="Value"/> is present.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Value is not null;

    /// <summary>Wraps a result.</summary>
    public static implicit operator Outcome<T>(T value) => new() { Value = value };

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new() { Refusal = refusal };
}
