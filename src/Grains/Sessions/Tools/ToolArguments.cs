using System.Text.Json;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>
/// Reads a model's arguments strictly: a member that is missing, unknown, double or of another type is a fault with a sentence the
/// model can act on. Nothing is repaired. After the reads ask <see cref="Fault"/>.
/// </summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Limits _limits;
    private string? _fault;

    public ToolArguments(string json, Limits limits)
    {
        _limits = limits;
        if (json is null || json.Length > limits.ToolArgumentCharacters)
        {
            _fault = $"they are at most {limits.ToolArgumentCharacters} characters.";
            return;
        }
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) _fault = "they are a JSON object.";
            else
                foreach (var member in document.RootElement.EnumerateObject()) _members.Add(member.Name, member.Value.Clone());
        }
        catch (JsonException)
        {
            _fault = "they are not valid JSON.";
        }
    }

    /// <summary>The first fault, or null. Members nobody read count as unknown.</summary>
    public string? Fault => _fault ?? (_members.Keys.Where(name => !_read.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown
        ? $"\"{(unknown.Length > 40 ? unknown[..40] : unknown)}\" is not a parameter."
        : null);

    public string Text(string name) => OptionalText(name) ?? Missing(name, "");

    public int Integer(string name) => OptionalInteger(name) ?? Missing(name, 0);

    public string? OptionalText(string name)
    {
        if (!Find(name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String) return Wrong<string>(name, "a text");
        var text = value.GetString()!;
        return text.Length <= _limits.TextCharacters ? text : Wrong<string>(name, $"at most {_limits.TextCharacters} characters");
    }

    public int? OptionalInteger(string name)
    {
        if (!Find(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)) return number;
        Wrong<string>(name, "a whole number");
        return null;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (!Find(name, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(element => element.ValueKind != JsonValueKind.String))
            return Wrong<string[]>(name, "a list of texts") ?? [];
        var texts = value.EnumerateArray().Select(element => element.GetString()!).ToArray();
        return texts.Distinct(StringComparer.Ordinal).Count() == texts.Length ? texts : Wrong<string[]>(name, "a list without repeats") ?? [];
    }

    /// <summary>Whether the argument is there at all.</summary>
    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>Options with their amounts.</summary>
    public IReadOnlyList<OptionAmount> Amounts(string name)
    {
        if (!Find(name, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(element => !IsAmount(element))) return Wrong<OptionAmount[]>(name, "a list of objects with \"option\" and \"amount\"") ?? [];
        var amounts = value.EnumerateArray().Select(element => new OptionAmount(element.GetProperty("option").GetString()!, element.GetProperty("amount").GetString()!)).ToArray();
        return amounts.DistinctBy(amount => amount.OptionId).Count() == amounts.Length ? amounts : Wrong<OptionAmount[]>(name, "a list without repeated options") ?? [];
    }

    private static bool IsAmount(JsonElement element) => element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Count() == 2
        && element.TryGetProperty("option", out var option) && option.ValueKind == JsonValueKind.String && element.TryGetProperty("amount", out var amount) && amount.ValueKind == JsonValueKind.String;

    private bool Find(string name, out JsonElement value)
    {
        _read.Add(name);
        return _members.TryGetValue(name, out value);
    }

    private T Missing<T>(string name, T stand)
    {
        _fault ??= $"\"{name}\" is missing.";
        return stand;
    }

    private T? Wrong<T>(string name, string expected) where T : class
    {
        _fault ??= $"\"{name}\" is {expected}.";
        return null;
    }
}
