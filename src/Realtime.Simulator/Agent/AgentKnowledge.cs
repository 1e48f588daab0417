using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>What the agent knows of one session: its menu, its facts and its tools, all from the session's own settings.</summary>
internal sealed class AgentKnowledge
{
    private readonly Dictionary<string, ToolDefinition> _tools;

    public AgentKnowledge(ModelConfiguration configuration)
    {
        Menu = MenuBlock.ReadMenu(configuration.Instructions);
        Facts = MenuBlock.ReadFacts(configuration.Instructions);
        Reader = new SentenceReader(new MenuLexicon(Menu));
        _tools = configuration.ToolChoice == "none"
            ? []
            : configuration.Tools.GroupBy(tool => tool.Name).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    public Menu Menu { get; }

    public IReadOnlyDictionary<string, string> Facts { get; }

    public SentenceReader Reader { get; }

    public ToolDefinition? FindTool(string name) => _tools.GetValueOrDefault(name);

    public string Fact(string key) => Facts.GetValueOrDefault(key, "");
}
