using System.Globalization;
using System.Text.RegularExpressions;

namespace VoiceOrdering.Silo.Tests.Observability;

/// <summary>
/// Reads the Prometheus text format 0.0.4 and accepts nothing it does not allow
/// (https://prometheus.io/docs/instrumenting/exposition_formats#text-based-format).
/// </summary>
internal sealed partial class PrometheusParser
{
    private readonly HashSet<string> series = new(StringComparer.Ordinal);
    private readonly HashSet<string> closed = new(StringComparer.Ordinal);
    private string family = "";
    private string? help;
    private string? type;

    public List<Sample> Samples { get; } = [];

    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    public static PrometheusParser Parse(string text)
    {
        if (text.Length > 0 && !text.EndsWith('\n'))
        {
            throw new FormatException("The last line must end with a line feed.");
        }
        var parser = new PrometheusParser();
        foreach (var line in text.Split('\n')[..^1])
        {
            parser.Line(line);
        }
        parser.Begin("");
        return parser;
    }

    public Sample One(string name, params (string Name, string Value)[] labels) =>
        Samples.Single(s => s.Name == name && labels.All(l => s.Labels.TryGetValue(l.Name, out var value) && value == l.Value));

    private void Line(string line)
    {
        if (line.StartsWith("# HELP ", StringComparison.Ordinal))
        {
            var rest = line["# HELP ".Length..];
            var space = rest.IndexOf(' ', StringComparison.Ordinal);
            Begin(space < 0 ? rest : rest[..space]);
            help = space < 0 ? "" : Unescape(rest[(space + 1)..], quotes: false);
        }
        else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
        {
            var words = line.Split(' ');
            Check(words.Length == 4 && words[3] is "counter" or "gauge" or "histogram", $"bad TYPE line: {line}");
            if (words[2] != family)
            {
                Begin(words[2]);
            }
            Check(type is null, $"second TYPE of {family}");
            type = words[3];
            Types.Add(family, type);
        }
        else
        {
            Check(!line.StartsWith('#'), $"a comment we never write: {line}");
            TakeSample(line);
        }
    }

    private void Begin(string name)
    {
        if (type == "histogram")
        {
            CheckHistogram(family);
        }
        Check(closed.Add(name), $"{name} comes in two places");
        Check(name.Length == 0 || MetricName().IsMatch(name), $"bad metric name {name}");
        (family, help, type) = (name, null, null);
    }

    private void TakeSample(string line)
    {
        var match = SampleLine().Match(line);
        Check(match.Success, $"not a sample: {line}");
        Check(type is not null && help is not null, $"sample before HELP and TYPE: {line}");
        var name = match.Groups["name"].Value;
        Check(type == "histogram" ? name == family + "_bucket" || name == family + "_sum" || name == family + "_count" : name == family, $"{name} does not belong to {family}");
        Check(type != "counter" || name.EndsWith("_total", StringComparison.Ordinal), $"counter without _total: {name}");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < match.Groups["label"].Captures.Count; i++)
        {
            var label = match.Groups["label"].Captures[i].Value;
            Check(!label.StartsWith("__", StringComparison.Ordinal), $"reserved label {label}");
            Check(labels.TryAdd(label, Unescape(match.Groups["text"].Captures[i].Value, quotes: true)), $"label {label} twice: {line}");
        }
        Check(series.Add(name + "|" + string.Join('|', labels.OrderBy(l => l.Key, StringComparer.Ordinal))), $"series twice: {line}");
        var number = match.Groups["value"].Value;
        var value = number switch { "+Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, _ => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) };
        Check(type != "counter" || value >= 0, $"counter below zero: {line}");
        Samples.Add(new Sample(name, labels, value));
    }

    private void CheckHistogram(string name)
    {
        static string Key(Sample sample) => string.Join('|', sample.Labels.Where(l => l.Key != "le").OrderBy(l => l.Key, StringComparer.Ordinal));
        foreach (var group in Samples.Where(s => s.Name == name + "_bucket").GroupBy(Key))
        {
            var bounds = group.Select(s => s.Labels["le"] == "+Inf" ? double.PositiveInfinity : double.Parse(s.Labels["le"], CultureInfo.InvariantCulture)).ToArray();
            Check(bounds.Zip(bounds.Skip(1)).All(pair => pair.First < pair.Second), $"buckets of {name} out of order");
            Check(group.Zip(group.Skip(1)).All(pair => pair.First.Value <= pair.Second.Value), $"buckets of {name} do not add up");
            Check(double.IsPositiveInfinity(bounds[^1]), $"{name} lacks +Inf");
            Check(Samples.Single(s => s.Name == name + "_count" && Key(s) == group.Key).Value.Equals(group.Last().Value), $"count of {name} is not its +Inf bucket");
            Check(Samples.Count(s => s.Name == name + "_sum" && Key(s) == group.Key) == 1, $"{name} lacks its sum");
        }
    }

    private static string Unescape(string text, bool quotes)
    {
        Check(!Regex.IsMatch(text, quotes ? """(?<!\\)(?:\\\\)*\\(?![\\n"])""" : @"(?<!\\)(?:\\\\)*\\(?![\\n])"), $"bad escape in {text}");
        return Regex.Replace(text, @"\\(.)", m => m.Groups[1].Value == "n" ? "\n" : m.Groups[1].Value);
    }

    private static void Check(bool condition, string fault)
    {
        if (!condition)
        {
            throw new FormatException(fault);
        }
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$")]
    private static partial Regex MetricName();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>(?:[^"\\]|\\.)*)"(?:,(?!\})|(?=\})))+\})? (?<value>[+-]?(?:Inf|\d+(?:\.\d+)?(?:E[+-]?\d+)?)|NaN)$""")]
    private static partial Regex SampleLine();
}

/// <summary>One line of values.</summary>
internal sealed record Sample(string Name, Dictionary<string, string> Labels, double Value);
