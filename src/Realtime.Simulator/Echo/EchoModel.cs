using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using VoiceOrdering.Realtime;
using VoiceOrdering.Realtime.Simulator.Models;

namespace VoiceOrdering.Realtime.Simulator.Echo;

/// <summary>
/// A brain for protocol tests that pretends nothing: it says how long it heard and repeats what was typed. A typed line
/// <c>call NAME {json}</c> calls that function, <c>say N</c> speaks about N words, <c>fail</c> throws.
/// </summary>
internal sealed class EchoModel : ISimulatedModel
{
    private ModelConfiguration _configuration = new();

    public void Configure(ModelConfiguration configuration) => _configuration = configuration;

    public Task<Hearing> HearAsync(UserAudio audio, CancellationToken cancellationToken) =>
        Task.FromResult(Hearing.Understood(
            string.Create(CultureInfo.InvariantCulture, $"[{audio.DurationMs} ms of audio]"), 1));

    public async IAsyncEnumerable<ModelAction> RespondAsync(
        ModelTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var item in turn.NewItems)
        {
            if (item is ModelItem.Message { Role: ConversationRole.User } message)
            {
                foreach (var action in Obey(message.Text))
                {
                    yield return action;
                }
            }
            else if (item is ModelItem.Spoken spoken)
            {
                yield return new ModelAction.Say(string.Create(
                    CultureInfo.InvariantCulture, $"I heard {spoken.Audio.DurationMs} ms of audio."));
            }
            else if (item is ModelItem.CallOutput output)
            {
                yield return new ModelAction.Say($"The tool said {output.Output}.");
            }
        }

        if (turn.Instructions is { } instructions)
        {
            yield return new ModelAction.Say(instructions);
        }
        else if (turn.NewItems.Count == 0)
        {
            yield return new ModelAction.Say("I heard nothing new.");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<ModelAction> Obey(string text)
    {
        var words = text.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        if (words is ["call", var name, ..] && _configuration.Tools.Any(tool => tool.Name == name))
        {
            return [new ModelAction.CallFunction(name, words.Length > 2 ? words[2] : "{}")];
        }

        if (words is ["say", var count] && int.TryParse(count, CultureInfo.InvariantCulture, out var total))
        {
            return Enumerable.Range(1, Math.Clamp(total, 1, 5000)).Chunk(10)
                .Select(chunk => new ModelAction.Say(string.Join(' ', chunk.Select(n => $"word{n}")) + "."));
        }

        if (words is ["fail"])
        {
            throw new JsonException("The echo model was told to fail.");
        }

        return [new ModelAction.Say($"You wrote: {text}.")];
    }
}
