using System.Xml.Linq;

namespace VoiceOrdering.Architecture.Tests.Rules;

/// <summary>Which project may reference which; the arrows of docs/architecture.</summary>
internal static class ReferenceGraph
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        // The engine has grain interfaces of its own (IRemindable, IManagementGrain), so the generator runs for it as an analyzer.
        ["Orleans.Embedded"] = ["Orleans.Embedded.CodeGenerator"],
        ["Orleans.Embedded.CodeGenerator"] = [],
        ["Media"] = [],
        ["Grains.Abstractions"] = [],
        ["Grains"] = ["Grains.Abstractions"],
        ["Realtime"] = ["Media"],
        ["Realtime.Simulator"] = ["Media", "Realtime"],
        ["Silo"] = ["Grains", "Grains.Abstractions"],
        ["Api"] = ["Silo", "Grains.Abstractions", "Media", "Realtime", "Realtime.Simulator"],
    };

    public static IEnumerable<string> Violations(IEnumerable<SourceText> projects)
    {
        foreach (var project in projects)
        {
            var name = Path.GetFileNameWithoutExtension(project.Path);
            if (!Allowed.TryGetValue(name, out var allowed))
            {
                yield return $"{project.Path}: project '{name}' has no line in the reference graph";
                continue;
            }

            var references = XDocument.Parse(project.Text).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            foreach (var reference in references.Where(r => !allowed.Contains(r, StringComparer.Ordinal)))
            {
                yield return $"{project.Path}: {name} -> {reference} is not an arrow of the architecture";
            }
        }
    }
}
