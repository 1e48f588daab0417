using VoiceOrdering.Sessions;

namespace VoiceOrdering.Grains.Sessions.Briefing;

/// <summary>
/// Puts together what a model must know. What never changes comes first, then what changes with the menu, then what changes with
/// every call, so that a provider's prompt cache keeps as long a beginning as possible.
/// </summary>
internal static class BriefBuilder
{
    public static ModelBrief Build(BriefSource source, IReadOnlyList<ToolSpec> tools, Limits limits)
    {
        var instructions = string.Join("\n\n", OrderingRules.Text, MenuBlock.Write(source.Menu.Snapshot, source.Language), FactsBlock.Write(source));
        var turns = source.Transcript.TakeLast(limits.SeedTurns).ToArray();
        return new ModelBrief(instructions, tools, source.Language, turns, source.Profile.Id);
    }
}
