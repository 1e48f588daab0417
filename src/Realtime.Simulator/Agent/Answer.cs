using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>One answer while it is put together; a call of a function that the session does not offer becomes an apology.</summary>
internal sealed class Answer(AgentKnowledge knowledge)
{
    private readonly List<ModelAction> _actions = [];
    private readonly List<PlannedCall> _calls = [];
    private bool _hasApologised;

    public IReadOnlyList<ModelAction> Actions => _actions;

    public IReadOnlyList<PlannedCall> Calls => _calls;

    public string Words => string.Join(' ', _actions.OfType<ModelAction.Say>().Select(say => say.Text));

    public bool EndsWithQuestion => _actions is [.., ModelAction.Say { Text: [.., '?'] }];

    public void Say(string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            _actions.Add(new ModelAction.Say(text.Trim()));
        }
    }

    public void Call(PlannedCall call)
    {
        if (knowledge.FindTool(call.Tool) is { } tool)
        {
            _calls.Add(call);
            _actions.Add(new ModelAction.CallFunction(tool.Name, call.WriteArguments(tool)));
        }
        else if (call.Tool != ToolNames.EndCall && !_hasApologised)
        {
            _hasApologised = true;
            Say(Wording.NoTools);
        }
    }
}
