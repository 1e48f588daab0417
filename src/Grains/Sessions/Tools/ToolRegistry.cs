using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using VoiceOrdering.Grains.Restaurants.Matching;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions.Tools;

/// <summary>All tools of the model, sorted by name.</summary>
internal sealed class ToolRegistry(IEnumerable<IOrderingTool> tools)
{
    private readonly SortedDictionary<string, IOrderingTool> _tools = new(tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal), StringComparer.Ordinal);
    private readonly ConditionalWeakTable<MenuIndex, ConcurrentDictionary<string, ToolSpec[]>> _specs = [];

    /// <summary>The tools as offered for this menu to a session with these flags; made once for each menu version and choice of tools.</summary>
    public IReadOnlyList<ToolSpec> SpecsFor(MenuIndex menu, Limits limits, IReadOnlyList<string> flags)
    {
        var offered = _tools.Values.Where(tool => tool.Flag is not { } flag || flags.Contains(flag)).ToArray();
        return _specs.GetOrCreateValue(menu).GetOrAdd(string.Join(' ', offered.Select(tool => tool.Name)),
            _ => offered.Select(tool => new ToolSpec(tool.Name, tool.Description, tool.SchemaFor(menu, limits).ToJson())).ToArray());
    }

    /// <summary>The name when it is one of the tools, otherwise <c>unknown</c>: a model's invention must not become a metric label.</summary>
    public string NameOf(string name) => _tools.ContainsKey(name ?? "") ? name! : "unknown";

    public async Task<ToolResult> RunAsync(ToolScene scene, ToolCall call)
    {
        if (!_tools.TryGetValue(call.Name ?? "", out var tool)) return ToolResult.Refuse(Refusals.ToolUnknown(_tools.Keys.ToArray()));
        if (tool.Flag is { } flag && !await scene.IsOnAsync(flag)) return ToolResult.Refuse(Refusals.FeatureOff());
        return await tool.RunAsync(scene, new ToolArguments(call.ArgumentsJson, scene.Limits));
    }
}
