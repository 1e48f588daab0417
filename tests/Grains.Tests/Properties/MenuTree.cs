using System.Text.Json.Nodes;

namespace VoiceOrdering.Grains.Tests.Properties;

/// <summary>A menu's document by JSON pointers (RFC 6901).</summary>
internal sealed class MenuTree(JsonObject root, Random random)
{
    public JsonObject Root => root;

    public JsonObject At(string pointer) => Find(pointer) as JsonObject ?? throw new ArgumentException($"There is no object at {pointer}.", nameof(pointer));

    /// <summary>The value at a pointer, or null when there is none.</summary>
    public JsonNode? Find(string pointer) => pointer.Split('/').Skip(1).Aggregate((JsonNode?)root, (node, segment) => node switch
    {
        JsonObject members => members[segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)],
        JsonArray elements => int.TryParse(segment, out var at) && at < elements.Count ? elements[at] : null,
        _ => null,
    });

    /// <summary>The item that a slot's choice names.</summary>
    public JsonObject ItemOf(JsonObject choice) => Places("/categories/*/items/*").Select(At).First(item => item["id"]!.GetValue<string>() == choice["itemId"]!.GetValue<string>());

    /// <summary>One of the places that fit, <c>*</c> standing for any index; null when there are none.</summary>
    public string? One(string pattern, Func<JsonObject, bool>? fits = null) => Any(Places(pattern).Where(place => fits?.Invoke(At(place)) != false));

    /// <summary>Two of the places that fit, in their order in the document; null when there are fewer.</summary>
    public (string Earlier, string Later)? Two(string pattern)
    {
        var places = Places(pattern);
        if (places.Length < 2) return null;
        var later = random.Next(1, places.Length);
        return (places[random.Next(later)], places[later]);
    }

    public string? Any(IEnumerable<string> values) => values.ToArray() is { Length: > 0 } all ? all[random.Next(all.Length)] : null;

    /// <summary>Puts a member in place and returns its pointer; null when there is no place.</summary>
    public string? Set(string? place, string member, JsonNode value)
    {
        if (place is null) return null;
        (place.Length == 0 ? root : At(place))[member] = value;
        return $"{place}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    /// <summary>Adds an element and returns its pointer.</summary>
    public string Append(string list, JsonNode value)
    {
        var array = (JsonArray)Find(list)!;
        array.Add(value);
        return $"{list}/{array.Count - 1}";
    }

    private string[] Places(string pattern)
    {
        IEnumerable<string> places = [""];
        foreach (var segment in pattern.Split('/').Skip(1))
            places = segment == "*"
                ? places.SelectMany(place => Enumerable.Range(0, (Find(place) as JsonArray)?.Count ?? 0).Select(at => $"{place}/{at}"))
                : places.Select(place => $"{place}/{segment}");
        return [.. places];
    }
}
