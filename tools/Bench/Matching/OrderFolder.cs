using System.Text.Json;

namespace VoiceOrdering.Bench.Matching;

/// <summary>
/// Reads folders of people's orders: one folder per restaurant with <c>*.json</c> (one sentence and its tree a line) and either <c>schema.json</c>
/// with the alias lists it names or <c>catalogs/*.txt</c>. Every fault is one sentence with the file and the line.
/// </summary>
internal static class OrderFolder
{
    private const string SchemaName = "schema.json";
    private const string CatalogueFolder = "catalogs";

    /// <summary>All restaurants of the folder, by name; the folder may itself be one.</summary>
    /// <exception cref="OrderDataException">Something is missing or broken.</exception>
    public static IReadOnlyList<OrderData> Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new OrderDataException($"there is no folder '{folder}'.");
        var restaurants = IsRestaurant(folder) ? [folder] : Directory.GetDirectories(folder).Where(IsRestaurant).Order(StringComparer.Ordinal).ToArray();
        if (restaurants.Length == 0) throw new OrderDataException($"'{folder}' has no folder with a {SchemaName} or {CatalogueFolder}/ in it.");
        return [.. restaurants.Select(ReadRestaurant)];
    }

    private static bool IsRestaurant(string folder) => File.Exists(Path.Combine(folder, SchemaName)) || Directory.Exists(Path.Combine(folder, CatalogueFolder));

    private static OrderData ReadRestaurant(string folder)
    {
        var files = Directory.GetFiles(folder, "*.json").Where(file => Path.GetFileName(file) != SchemaName).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new OrderDataException($"'{folder}' has no sentences: a file such as dev.json is missing.");
        List<OrderSentence> sentences = [.. files.SelectMany(ReadSentences)];
        if (sentences.Count == 0) throw new OrderDataException($"'{files[0]}' has no sentences.");
        var schema = Path.Combine(folder, SchemaName);
        var intents = File.Exists(schema) ? ReadSchema(folder, schema) : IntentsOf(sentences, ReadCatalogues(Path.Combine(folder, CatalogueFolder)));
        return new OrderData(Path.GetFileName(Path.GetFullPath(folder).TrimEnd('/')), sentences, intents);
    }

    private static IEnumerable<OrderSentence> ReadSentences(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            yield return ReadSentence(line, $"{file}:{number}");
        }
    }

    private static OrderSentence ReadSentence(string line, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (TextOf(json.RootElement, "SRC") is not { } said || TextOf(json.RootElement, "EXR") is not { } orders)
                throw new OrderDataException($"{place}: the line has no SRC or no EXR.");
            return new OrderSentence(said, OrderTree.Read(orders));
        }
        catch (JsonException)
        {
            throw new OrderDataException($"{place}: the line is not one JSON object.");
        }
        catch (FormatException fault)
        {
            throw new OrderDataException($"{place}: the EXR cannot be read, {fault.Message}.");
        }
    }

    /// <summary>The member of this name, also with a prefix such as <c>dev.</c>.</summary>
    private static string? TextOf(JsonElement element, string name) => element.ValueKind != JsonValueKind.Object ? null : element.EnumerateObject()
        .Where(member => (member.Name == name || member.Name.EndsWith("." + name, StringComparison.Ordinal)) && member.Value.ValueKind == JsonValueKind.String)
        .Select(member => member.Value.GetString()).FirstOrDefault();

    private static OrderIntent[] ReadSchema(string folder, string file)
    {
        try
        {
            var schema = JsonSerializer.Deserialize<SchemaFile>(File.ReadAllText(file), JsonSerializerOptions.Web);
            if (schema?.Intents is not { Count: > 0 } intents) throw new OrderDataException($"'{file}' names no intents.");
            return [.. intents.Select(intent => new OrderIntent(intent.Name ?? "", intent.EntityNames ?? [], [.. (intent.Slots ?? []).Select(slot =>
                new OrderSlot(slot.SlotName ?? "", slot.OptionalSuffixes ?? [], [.. ReadCatalogue(Path.Combine(folder, slot.Path ?? "")).Select(entry => entry.Form)]))]))];
        }
        catch (JsonException fault)
        {
            throw new OrderDataException($"'{file}' is not the JSON of a schema (line {fault.LineNumber + 1}).");
        }
    }

    private static List<CatalogueEntry> ReadCatalogues(string folder)
    {
        var files = Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new OrderDataException($"'{folder}' has no catalogue (*.txt).");
        return [.. files.SelectMany(ReadCatalogue)];
    }

    private static IEnumerable<CatalogueEntry> ReadCatalogue(string file)
    {
        if (!File.Exists(file)) throw new OrderDataException($"the alias list '{file}' is missing.");
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var open = line.IndexOf('(', Math.Max(tab, 0));
            if (tab <= 0 || open < tab || !line.TrimEnd().EndsWith(')')) throw new OrderDataException($"{file}:{number}: the line is not a phrase, a tab and SLOT(value).");
            var inner = line.TrimEnd()[(open + 1)..^1];
            yield return new CatalogueEntry(line[(tab + 1)..open].Trim(), new SurfaceForm(line[..tab].Trim(), ValueOf(inner)));
        }
    }

    /// <summary><c>x</c> is a value, <c>f(x,y)</c> a node with values, <c>x,y</c> several values under an empty label.</summary>
    private static OrderTree ValueOf(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && text.EndsWith(')')) return new OrderTree(text[..open].Trim(), PartsOf(text[(open + 1)..^1]));
        return text.Contains(',', StringComparison.Ordinal) ? new OrderTree("", PartsOf(text)) : OrderTree.Value(text.Trim());
    }

    private static OrderTree[] PartsOf(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(OrderTree.Value)];

    /// <summary>Without a schema the shape of the trees says which slots a kind of order has.</summary>
    private static OrderIntent[] IntentsOf(IReadOnlyList<OrderSentence> sentences, IReadOnlyList<CatalogueEntry> entries)
    {
        var forms = entries.ToLookup(entry => entry.Slot, entry => entry.Form, StringComparer.OrdinalIgnoreCase);
        return [.. sentences.SelectMany(sentence => sentence.Orders).GroupBy(order => order.Label).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new OrderIntent(
            group.Key, [], [.. group.SelectMany(order => order.Children).SelectMany(SlotsOf).Distinct().Order(StringComparer.Ordinal).Select(slot => new OrderSlot(slot, [], [.. forms[slot]]))]))];
    }

    private static IEnumerable<string> SlotsOf(OrderTree tree) =>
        tree.Label == OrderTree.Negated || tree.Label.StartsWith(OrderTree.Complex, StringComparison.Ordinal) ? tree.Children.SelectMany(SlotsOf) : [tree.Label];

    private sealed record CatalogueEntry(string Slot, SurfaceForm Form);

    private sealed record SchemaFile(IReadOnlyList<SchemaIntent>? Intents);

    private sealed record SchemaIntent(string? Name, IReadOnlyList<string>? EntityNames, IReadOnlyList<SchemaSlot>? Slots);

    private sealed record SchemaSlot(string? SlotName, string? Path, IReadOnlyList<string>? OptionalSuffixes);
}
