using FsCheck;
using FsCheck.Fluent;
using VoiceOrdering.Engine.Tests.Support;
using VoiceOrdering.TestKit.Laws;

namespace VoiceOrdering.Engine.Tests.Properties;

/// <summary>Random plans of calls against random grains; the laws of the actor model must hold in every one. A failure prints its seed.</summary>
[Collection(EngineCollection.Name)]
public class InterleavingProperties(EngineFixture engine)
{
    [Fact]
    public void No_plan_of_calls_makes_turns_overlap_loses_a_call_or_changes_the_order_of_one_sender()
    {
        var step = from grain in Gen.Choose(0, 3)
                   from awaits in Gen.Choose(0, 3)
                   from leaves in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
                   select new PlanStep(grain, awaits, leaves);
        var plan = Gen.ListOf(step).Select(steps => steps.ToArray());

        Law.HoldsAsync(plan, async steps => (await RunAsync(steps)).ShouldBeTrue(), describe: steps => string.Join(' ', steps.Select(step => step.ToString())), run: new LawRun(60, 80));
    }

    private async Task<bool> RunAsync(PlanStep[] steps)
    {
        var run = Gates.New("plan");
        // One hand-over a grain: Orleans gives a call back to the directory only a few times.
        var leaving = steps.Select((step, at) => (step, at)).Where(pair => pair.step.Leaves).DistinctBy(pair => pair.step.Grain).Select(pair => pair.at).ToHashSet();
        var senders = Enumerable.Range(0, 4).Select(sender => Task.Run(async () =>
        {
            var calls = steps.Select((step, at) => engine.Grains.GetGrain<IPlanGrain>($"{run}-{step.Grain}").StepAsync(sender, at, step.Awaits, sender == 0 && leaving.Contains(at))).ToArray();
            return await Await.Of(Task.WhenAll(calls), "the calls of a plan");
        }));
        var answers = await Task.WhenAll(senders);
        return answers.SelectMany(each => each).All(problem => problem.Length == 0) && PlanLog.Check(run, steps, 4);
    }
}

public sealed record PlanStep(int Grain, int Awaits, bool Leaves);

/// <summary>What the grains of a plan saw, over all their activations.</summary>
internal static class PlanLog
{
    private static readonly Dictionary<string, List<(int Sender, int At)>> Begun = [];

    public static void Add(string grain, int sender, int at)
    {
        lock (Begun)
        {
            if (!Begun.TryGetValue(grain, out var list))
            {
                Begun[grain] = list = [];
            }

            list.Add((sender, at));
        }
    }

    public static bool Check(string run, PlanStep[] steps, int senders)
    {
        lock (Begun)
        {
            foreach (var group in steps.Select((step, at) => (step, at)).GroupBy(pair => pair.step.Grain))
            {
                var seen = Begun.GetValueOrDefault($"{run}-{group.Key}", []);
                var leaves = group.Any(pair => pair.step.Leaves);
                for (var sender = 0; sender < senders; sender++)
                {
                    var own = seen.Where(entry => entry.Sender == sender).Select(entry => entry.At).ToArray();
                    var sent = group.Select(pair => pair.at).ToArray();

                    // Calls that were handed to the next activation may pass each other; otherwise the order is that of sending.
                    if (leaves ? !own.Order().SequenceEqual(sent) : !own.SequenceEqual(sent))
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}

public interface IPlanGrain : IGrainWithStringKey
{
    Task<string> StepAsync(int sender, int at, int awaits, bool leaves);
}

public sealed class PlanGrain : Grain, IPlanGrain
{
    private int _inTurn;
    private int _running;

    public async Task<string> StepAsync(int sender, int at, int awaits, bool leaves)
    {
        PlanLog.Add(this.GetPrimaryKeyString(), sender, at);
        if (++_running != 1)
        {
            return "two calls at once";
        }

        if (leaves)
        {
            DeactivateOnIdle();
        }

        var problem = Check();
        for (var hop = 0; hop < awaits; hop++)
        {
            await Task.Yield();
            problem += Check();
        }

        _running--;
        return problem;
    }

    private string Check()
    {
        if (Interlocked.Exchange(ref _inTurn, 1) != 0)
        {
            return "two turns at once";
        }

        Thread.SpinWait(20);
        Volatile.Write(ref _inTurn, 0);
        return "";
    }
}
