using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Keys that are integers or GUIDs, with or without a text after <c>+</c>.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>The key of an integer, in hexadecimal.</summary>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>The key of an integer and a text.</summary>
    public static IdSpan CreateIntegerKey(long key, string? keyExtension)
        => string.IsNullOrWhiteSpace(keyExtension) ? CreateIntegerKey(key) : IdSpan.Create($"{key:X}+{keyExtension}");

    /// <summary>The key of a GUID, as 32 digits.</summary>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>The key of a GUID and a text.</summary>
    public static IdSpan CreateGuidKey(Guid key, string? keyExtension)
        => string.IsNullOrWhiteSpace(keyExtension) ? CreateGuidKey(key) : IdSpan.Create($"{key:N}+{keyExtension}");

    /// <summary>Reads an integer key.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
        => long.TryParse(Split(grainId, out keyExt), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);

    /// <summary>Reads an integer key.</summary>
    public static long GetIntegerKey(this GrainId grainId) => GetIntegerKey(grainId, out _);

    /// <summary>Reads an integer key and its text.</summary>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt)
        => TryGetIntegerKey(grainId, out var key, out keyExt) ? key : throw new InvalidOperationException($"The key of {grainId} is not an integer.");

    /// <summary>Reads a GUID key.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
        => Guid.TryParseExact(Split(grainId, out keyExt), "N", out key);

    /// <summary>Reads a GUID key.</summary>
    public static Guid GetGuidKey(this GrainId grainId) => GetGuidKey(grainId, out _);

    /// <summary>Reads a GUID key and its text.</summary>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt)
        => TryGetGuidKey(grainId, out var key, out keyExt) ? key : throw new InvalidOperationException($"The key of {grainId} is not a GUID.");

    private static string Split(GrainId grainId, out string? extension)
    {
        var text = grainId.Key.ToString();
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        extension = plus < 0 ? null : text[(plus + 1)..];
        return plus < 0 ? text : text[..plus];
    }
}
