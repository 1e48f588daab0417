using Serilog.Events;

namespace VoiceOrdering.Silo.Observability.Logging;

/// <summary>Finds values under <c>pii.*</c> keys, at any depth, and replaces them.</summary>
internal static class PersonalDataMask
{
    public const string Prefix = "pii.";
    public static ScalarValue Masked { get; } = new("***");

    public static bool IsPersonal(string key) => key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same value when it holds nothing personal, else a copy without it.</summary>
    public static LogEventPropertyValue Apply(LogEventPropertyValue value) => value switch
    {
        StructureValue structure => Apply(structure),
        DictionaryValue dictionary => Apply(dictionary),
        SequenceValue sequence => Apply(sequence),
        _ => value,
    };

    private static StructureValue Apply(StructureValue value)
    {
        var properties = value.Properties.Select(p => new LogEventProperty(p.Name, IsPersonal(p.Name) ? Masked : Apply(p.Value))).ToArray();
        return properties.Zip(value.Properties).All(pair => ReferenceEquals(pair.First.Value, pair.Second.Value)) ? value : new StructureValue(properties, value.TypeTag);
    }

    private static DictionaryValue Apply(DictionaryValue value)
    {
        var elements = value.Elements.Select(e => KeyValuePair.Create(e.Key, IsPersonal(e.Key.Value?.ToString() ?? "") ? Masked : Apply(e.Value))).ToArray();
        return elements.All(e => ReferenceEquals(value.Elements[e.Key], e.Value)) ? value : new DictionaryValue(elements);
    }

    private static SequenceValue Apply(SequenceValue value)
    {
        var elements = value.Elements.Select(Apply).ToArray();
        return elements.Zip(value.Elements).All(pair => ReferenceEquals(pair.First, pair.Second)) ? value : new SequenceValue(elements);
    }
}
