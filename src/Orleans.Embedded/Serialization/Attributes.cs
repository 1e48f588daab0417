namespace Orleans;

/// <summary>Marks a type whose members marked with <see cref="IdAttribute"/> are copied across grain boundaries and stored.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether parameters of a record's primary constructor are serialized without an explicit id. Records do so by default.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }

    /// <summary>Whether ids are given to members that carry none.</summary>
    public GenerateFieldIds GenerateFieldIds { get; init; }
}

/// <summary>Which members without <see cref="IdAttribute"/> get an id of their own.</summary>
public enum GenerateFieldIds
{
    /// <summary>Only members with an explicit id are serialized.</summary>
    None = 0,

    /// <summary>Public properties with a setter get an id derived from their name.</summary>
    PublicProperties = 1,
}

/// <summary>The stable number of a serialized member. Never renumber or reuse one: stored state is read by it.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute : Attribute
{
    /// <summary>Sets the number; unique among the members one type declares.</summary>
    public IdAttribute(uint id) => Id = id;

    /// <summary>The number.</summary>
    public uint Id { get; }
}

/// <summary>The stable name of a type or method in stored data and messages; lets the type be renamed or moved.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class AliasAttribute : Attribute
{
    /// <summary>Sets the name; unique in the application.</summary>
    public AliasAttribute(string alias) => Alias = alias;

    /// <summary>The name.</summary>
    public string Alias { get; }
}

/// <summary>Promises that an instance never changes once it has been passed to or returned from a grain, so it is shared instead of copied.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ImmutableAttribute : Attribute
{
}

/// <summary>The response time-out of one grain method, overriding <c>MessagingOptions.ResponseTimeout</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    /// <summary>Sets the time-out from text in <see cref="TimeSpan"/> format, for example <c>00:00:05</c>.</summary>
    public ResponseTimeoutAttribute(string timeout) => Timeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The time-out.</summary>
    public TimeSpan? Timeout { get; init; }
}
