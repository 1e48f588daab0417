using System.Text.Json.Nodes;
using VoiceOrdering.Carts;
using VoiceOrdering.Json;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>Builds the JSON Schema of a tool's arguments: members sorted by name, enumerations closed and sorted, nothing else allowed.</summary>
internal sealed class ToolSchema
{
    private readonly SortedDictionary<string, JsonObject> _properties = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _required = new(StringComparer.Ordinal);

    public ToolSchema Text(string name, string description) => Add(name, new JsonObject { ["type"] = "string", ["description"] = description });

    public ToolSchema Integer(string name, int minimum, int? maximum, string description)
    {
        var property = new JsonObject { ["type"] = "integer", ["minimum"] = minimum };
        if (maximum is { } most) property["maximum"] = most;
        property["description"] = description;
        return Add(name, property);
    }

    /// <summary>One of the values; left out when there are none, because an empty enumeration is no schema.</summary>
    public ToolSchema OneOf(string name, IEnumerable<string> values, string description)
    {
        var sorted = Sorted(values);
        return sorted.Length == 0 ? this : Add(name, new JsonObject { ["type"] = "string", ["enum"] = ToolOutput.Texts(sorted), ["description"] = description });
    }

    public ToolSchema SomeOf(string name, IEnumerable<string> values, string description)
    {
        var sorted = Sorted(values);
        return sorted.Length == 0 ? this : Add(name, new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "string", ["enum"] = ToolOutput.Texts(sorted) },
            ["description"] = description,
        });
    }

    /// <summary>Short texts, at most so many.</summary>
    public ToolSchema Texts(string name, int most, int characters, string description) => Add(name, new JsonObject
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = characters },
        ["maxItems"] = most,
        ["description"] = description,
    });

    /// <summary>Options, each with its amount; left out when there are no options.</summary>
    public ToolSchema AmountsOf(string name, IEnumerable<string> options, string description)
    {
        var sorted = Sorted(options);
        return sorted.Length == 0 ? this : Add(name, new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["amount"] = new JsonObject { ["type"] = "string", ["enum"] = ToolOutput.Texts(OptionAmounts.All) },
                    ["option"] = new JsonObject { ["type"] = "string", ["enum"] = ToolOutput.Texts(sorted) },
                },
                ["required"] = ToolOutput.Texts(["amount", "option"]),
                ["additionalProperties"] = false,
            },
            ["description"] = description,
        });
    }

    public ToolSchema Require(params string[] names)
    {
        _required.UnionWith(names.Where(_properties.ContainsKey));
        return this;
    }

    public string ToJson()
    {
        var properties = new JsonObject();
        foreach (var (name, property) in _properties) properties[name] = property.DeepClone();
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = ToolOutput.Texts(_required),
            ["additionalProperties"] = false,
        }.ToJsonString(WireJson.Options);
    }

    private ToolSchema Add(string name, JsonObject property)
    {
        _properties.Add(name, property);
        return this;
    }

    private static string[] Sorted(IEnumerable<string> values) => [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
