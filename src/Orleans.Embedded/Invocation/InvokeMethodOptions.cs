namespace Orleans.CodeGeneration;

/// <summary>How a method may be scheduled and whether its caller waits.</summary>
[Flags]
public enum InvokeMethodOptions
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Nobody waits.</summary>
    OneWay = 1 << 0,

    /// <summary>Changes no state.</summary>
    ReadOnly = 1 << 1,

    /// <summary>May interleave with anything.</summary>
    AlwaysInterleave = 1 << 2,

    /// <summary>Needs no order.</summary>
    Unordered = 1 << 3,
}
