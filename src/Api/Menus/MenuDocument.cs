using System.Text.Json;
using VoiceOrdering.Json;
using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Api.Menus;

/// <summary>The format of menu files: its published schema, and reading a menu out of a document.</summary>
internal static class MenuDocument
{
    /// <summary>The JSON Schema as published.</summary>
    public static string SchemaText { get; } = ReadSchema();

    private static readonly Lazy<JsonSchemaCheck> Checked = new(() =>
    {
        using var document = JsonDocument.Parse(SchemaText);
        return new JsonSchemaCheck(document.RootElement.Clone());
    });

    /// <summary>The menu, or everything the schema finds wrong with the document.</summary>
    public static (Menu? Menu, IReadOnlyList<MenuFault> Faults) Read(JsonElement document)
    {
        var faults = Checked.Value.Check(document);
        if (faults.Count > 0)
        {
            return (null, faults);
        }

        try
        {
            return (document.Deserialize<Menu>(WireJson.Options), []);
        }
        catch (JsonException failure)
        {
            // What the schema cannot say, such as a 30th of February.
            return (null, [new MenuFault(Pointer(failure.Path), "VALUE_INVALID", "This value cannot be read.")]);
        }
    }

    /// <summary>From the reader's path (<c>$.a[0].b</c>) to a JSON pointer.</summary>
    private static string Pointer(string? path) =>
        path is null ? "" : path.TrimStart('$').Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');

    private static string ReadSchema()
    {
        using var stream = typeof(MenuDocument).Assembly.GetManifestResourceStream("menu.schema.json") ?? throw new InvalidOperationException("The menu's schema is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
