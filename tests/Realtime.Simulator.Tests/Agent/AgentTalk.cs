using VoiceOrdering.Realtime.Simulator.Agent;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Tests.Agent;

/// <summary>A caller, the agent and a till in one conversation; plays the client's part of running calls and asking for the next answer.</summary>
internal sealed class AgentTalk : IAsyncDisposable
{
    private readonly List<ModelItem> _items = [];
    private readonly OrderingAgent _agent = new(ear: null);
    private readonly ModelConfiguration _configuration;
    private int _nextId;

    public AgentTalk(string instructions, params string[] tools)
    {
        Till = new Till(MenuBlock.ReadMenu(instructions));
        var offered = tools.Length > 0 ? tools : ["add_item", "change_line", "remove_line", "read_cart", "search_menu", "submit_order", "end_call"];
        _configuration = new ModelConfiguration { Instructions = instructions, Tools = [.. offered.Select(name => new ToolDefinition(name, "", """{"type":"object"}"""))] };
        _agent.Configure(_configuration);
    }

    public Till Till { get; }

    /// <summary>What the agent says until it has nothing more to call.</summary>
    public Task<string> SayAsync(string words) => AddAsync(new ModelItem.Message(NewId(), ConversationRole.User, words));

    public async Task<string> AddAsync(params ModelItem[] added)
    {
        var spoken = new List<string>();
        var fresh = added.ToList();
        while (true)
        {
            _items.AddRange(fresh);
            var turn = new ModelTurn(NewId(), [.. _items], fresh, _configuration, null);
            fresh = [];
            await foreach (var action in _agent.RespondAsync(turn, CancellationToken.None))
            {
                if (action is ModelAction.Say say)
                {
                    spoken.Add(say.Text);
                    _items.Add(new ModelItem.Message(NewId(), ConversationRole.Assistant, say.Text));
                }
                else if (action is ModelAction.CallFunction call)
                {
                    var callId = NewId();
                    _items.Add(new ModelItem.Call(NewId(), callId, call.Name, call.ArgumentsJson));
                    fresh.Add(new ModelItem.CallOutput(NewId(), callId, Till.Call(call.Name, call.ArgumentsJson)));
                }
            }

            if (fresh.Count == 0)
            {
                return string.Join(' ', spoken);
            }
        }
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    public string NewId() => $"id_{_nextId++}";
}
