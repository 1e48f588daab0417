using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Menus;

/// <summary>
/// Checks a document against a JSON Schema (draft 2020-12) and names every fault with its JSON pointer. No library for it restores from this feed; this
/// knows the keywords our own schema uses and refuses a schema with others, so that nothing in it can go unchecked.
/// </summary>
internal sealed class JsonSchemaCheck
{
    private const int MostFaults = 200;
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(50);

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$defs", "$ref", "title", "description", "type", "required", "additionalProperties", "properties", "items", "enum", "pattern", "minLength",
        "maxLength", "minimum", "maximum", "minItems", "maxItems",
    };

    private readonly JsonElement _root;
    private readonly Dictionary<string, Regex> _patterns = new(StringComparer.Ordinal);

    /// <exception cref="NotSupportedException">The schema uses a keyword this does not know.</exception>
    public JsonSchemaCheck(JsonElement schema)
    {
        _root = schema;
        Learn(schema);
    }

    /// <summary>All faults in document order, at most 200.</summary>
    public IReadOnlyList<MenuFault> Check(JsonElement document)
    {
        var faults = new List<MenuFault>();
        Check(document, _root, "", faults);
        return faults;
    }

    private void Learn(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Known.Contains(keyword.Name))
            {
                throw new NotSupportedException($"The schema keyword \"{keyword.Name}\" is not checked here.");
            }

            switch (keyword.Name)
            {
                case "$defs" or "properties":
                    foreach (var part in keyword.Value.EnumerateObject())
                    {
                        Learn(part.Value);
                    }

                    break;
                case "items" or "additionalProperties":
                    Learn(keyword.Value);
                    break;
                case "pattern":
                    var text = keyword.Value.GetString()!;
                    _patterns.TryAdd(text, new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternTimeout));
                    break;
            }
        }
    }

    private void Check(JsonElement value, JsonElement schema, string path, List<MenuFault> faults)
    {
        if (faults.Count >= MostFaults)
        {
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(value, _root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), path, faults);
            return;
        }

        if (schema.TryGetProperty("type", out var type) && !IsOf(value, type.GetString()!))
        {
            Add(path, "TYPE_WRONG", $"This must be {Article(type.GetString()!)}.", faults);
            return;
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(word => value.ValueKind == JsonValueKind.String && value.ValueEquals(word.GetString())))
        {
            Add(path, "VALUE_UNKNOWN", $"This must be one of: {string.Join(", ", allowed.EnumerateArray().Select(word => word.GetString()))}.", faults);
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckMembers(value, schema, path, faults);
                break;
            case JsonValueKind.Array:
                CheckElements(value, schema, path, faults);
                break;
            case JsonValueKind.String:
                CheckText(value.GetString()!, schema, path, faults);
                break;
            case JsonValueKind.Number:
                CheckNumber(value, schema, path, faults);
                break;
        }
    }

    private void CheckMembers(JsonElement value, JsonElement schema, string path, List<MenuFault> faults)
    {
        var properties = schema.TryGetProperty("properties", out var listed) ? listed : default;
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var at = $"{path}/{Escape(member.Name)}";
            if (!seen.Add(member.Name))
            {
                Add(at, "MEMBER_DUPLICATE", "This member is there twice.", faults);
            }
            else if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var own))
            {
                Check(member.Value, own, at, faults);
            }
            else if (others.ValueKind == JsonValueKind.Object)
            {
                Check(member.Value, others, at, faults);
            }
            else if (others.ValueKind == JsonValueKind.False)
            {
                Add(at, "MEMBER_UNKNOWN", $"There is no member \"{member.Name}\" here.", faults);
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !seen.Contains(name)))
            {
                Add($"{path}/{name}", "MEMBER_MISSING", $"\"{name}\" is missing.", faults);
            }
        }
    }

    private void CheckElements(JsonElement value, JsonElement schema, string path, List<MenuFault> faults)
    {
        var count = value.GetArrayLength();
        if (schema.TryGetProperty("minItems", out var least) && count < least.GetInt32())
        {
            Add(path, "LIST_TOO_SHORT", $"At least {least} {(least.GetInt32() == 1 ? "element is" : "elements are")} needed.", faults);
        }

        if (schema.TryGetProperty("maxItems", out var most) && count > most.GetInt32())
        {
            Add(path, "LIST_TOO_LONG", $"At most {most} elements are accepted.", faults);
        }

        if (schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var element in value.EnumerateArray())
            {
                Check(element, items, $"{path}/{index++}", faults);
            }
        }
    }

    private void CheckText(string text, JsonElement schema, string path, List<MenuFault> faults)
    {
        // Lengths count code points (RFC 8259 characters), as the specification wants.
        var length = text.EnumerateRunes().Count();
        if (schema.TryGetProperty("minLength", out var least) && length < least.GetInt32())
        {
            Add(path, "TEXT_TOO_SHORT", "This must not be empty.", faults);
        }

        if (schema.TryGetProperty("maxLength", out var most) && length > most.GetInt32())
        {
            Add(path, "TEXT_TOO_LONG", $"At most {most} characters are accepted.", faults);
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !_patterns[pattern.GetString()!].IsMatch(text))
        {
            Add(path, "TEXT_MALFORMED", $"This must match {pattern.GetString()}.", faults);
        }
    }

    private static void CheckNumber(JsonElement value, JsonElement schema, string path, List<MenuFault> faults)
    {
        var number = value.GetDouble();
        if ((schema.TryGetProperty("minimum", out var least) && number < least.GetDouble()) || (schema.TryGetProperty("maximum", out var most) && number > most.GetDouble()))
        {
            var from = schema.TryGetProperty("minimum", out var low) ? string.Create(CultureInfo.InvariantCulture, $" from {low}") : "";
            var to = schema.TryGetProperty("maximum", out var high) ? string.Create(CultureInfo.InvariantCulture, $" to {high}") : "";
            Add(path, "NUMBER_OUT_OF_RANGE", $"A number{from}{to} is accepted.", faults);
        }
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The schema type \"{type}\" is not checked here."),
    };

    private static string Article(string type) => type switch
    {
        "object" => "an object",
        "array" => "a list",
        "string" => "a text",
        "boolean" => "true or false",
        _ => "a whole number",
    };

    private static void Add(string path, string code, string sentence, List<MenuFault> faults) => faults.Add(new MenuFault(path, code, sentence));

    private static string Escape(string segment) => segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
