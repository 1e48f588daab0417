using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Agent;

/// <summary>What the agent keeps in mind of one order.</summary>
internal sealed class OrderState
{
    public Phase Phase { get; set; } = Phase.Ordering;

    public CartSnapshot Cart { get; set; } = CartSnapshot.Empty;

    /// <summary>The line that was touched last: what "that" means.</summary>
    public string? LastLineId { get; set; }

    public string OrderNumber { get; set; } = "";

    /// <summary>The cart version the caller heard before being asked to confirm; only this one is submitted.</summary>
    public long VersionReadBack { get; set; }

    /// <summary>True when the caller's sentence ended with "that's all".</summary>
    public bool IsDoneAfterEdits { get; set; }

    /// <summary>Refused calls whose missing parts the caller is asked for, oldest first.</summary>
    public Queue<OpenQuestion> Questions { get; } = new();

    /// <summary>Calls whose answers have not come yet.</summary>
    public List<PlannedCall> Issued { get; } = [];

    public void TakeCartFrom(string text)
    {
        if (CartSnapshot.ReadWithin(text) is { } cart && cart.Version > Cart.Version)
        {
            TakeCart(cart);
            Phase = ConversationTable.Find(Phase, Signal.CartChangedElsewhere).Next;
        }
    }

    public void TakeCart(CartSnapshot? cart)
    {
        if (cart is not null && cart.Version >= Cart.Version)
        {
            LastLineId = cart.FindTouchedLine(Cart) ?? LastLineId;
            Cart = cart;
        }
    }

    /// <summary>The plan behind a call of the conversation, taken off the list; null when it was made by another session.</summary>
    public PlannedCall? FindIssued(AgentKnowledge knowledge, ModelItem.Call call)
    {
        var at = Issued.FindIndex(planned => planned.Tool == call.Name && knowledge.FindTool(call.Name) is { } tool && planned.WriteArguments(tool) == call.ArgumentsJson);
        if (at < 0)
        {
            return null;
        }

        var found = Issued[at];
        Issued.RemoveAt(at);
        return found;
    }
}
