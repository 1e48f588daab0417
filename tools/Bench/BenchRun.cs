using System.Globalization;
using System.Reflection;
using System.Text.Json;
using VoiceOrdering.Bench.Matching;

namespace VoiceOrdering.Bench;

/// <summary>Finds the groups of this program, runs them one after the other, prints and keeps their figures.</summary>
internal static class BenchRun
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(Assembly assembly, BenchRequest request, CancellationToken cancellationToken)
    {
        var names = request.Groups;
        var groups = assembly.GetTypes().Where(t => typeof(IBenchGroup).IsAssignableFrom(t) && t is { IsClass: true, IsAbstract: false })
            .Select(t => (IBenchGroup)Activator.CreateInstance(t)!).OrderBy(g => g.Name, StringComparer.Ordinal).ToList();
        var unknown = names.Where(n => groups.TrueForAll(g => g.Name != n)).ToList();
        if (unknown.Count > 0)
        {
            await Console.Error.WriteLineAsync($"vo: there is no benchmark '{unknown[0]}'; there are: {string.Join(", ", groups.Select(g => g.Name))}.");
            return 2;
        }

        if (request.Data is not null && names is not ["match"])
        {
            await Console.Error.WriteLineAsync("vo: --data goes with the group 'match' alone: ./vo bench match --data FOLDER.");
            return 2;
        }

        request.Output.Create();
        foreach (var group in groups.Where(g => names.Count == 0 || names.Contains(g.Name)))
        {
            try
            {
                await RunGroupAsync(group, request, cancellationToken);
            }
            catch (OrderDataException fault)
            {
                await Console.Error.WriteLineAsync($"vo: {fault.Message}");
                return 2;
            }
        }

        return 0;
    }

    private static async Task RunGroupAsync(IBenchGroup group, BenchRequest request, CancellationToken cancellationToken)
    {
        var (duration, output) = (request.Duration, request.Output);
        await Console.Out.WriteLineAsync($"{group.Name}: {group.What}");
        var scratch = Directory.CreateDirectory(Path.Combine(output.FullName, $".scratch-{group.Name}-{Environment.ProcessId}"));
        var results = new List<BenchResult>();
        try
        {
            await foreach (var result in group.RunAsync(new BenchOptions(duration, scratch.FullName, TimeProvider.System) { Data = request.Data }, cancellationToken))
            {
                results.Add(result);
                await Console.Out.WriteLineAsync(Row(result));
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        await Console.Out.WriteLineAsync();
        var record = new { group.Name, At = TimeProvider.System.GetUtcNow(), Cores = Environment.ProcessorCount, Seconds = duration.TotalSeconds, Results = results };
        await File.WriteAllTextAsync(Path.Combine(output.FullName, $"{group.Name}.json"), JsonSerializer.Serialize(record, Json), cancellationToken);
    }

    /// <summary>One figure as a line; the same on a terminal and in a file.</summary>
    private static string Row(BenchResult result)
    {
        var verdict = result.Reached switch { true => "reached", false => "NOT reached", null => "" };
        var target = result.Target is { } t ? $"target {(result.Better == Direction.Higher ? "≥" : "≤")} {t:#,0.##}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"  {result.Case,-54} {result.Value,14:#,0.##} {result.Unit,-16} {target,-20} {verdict}").TrimEnd();
    }
}
