using Orleans.Runtime;
using Orleans.Storage;
using VoiceOrdering.Silo.Tests.Child;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>What every <see cref="IGrainStorage"/> must do; a class for each implementation derives from it.</summary>
public abstract class GrainStorageConformance
{
    private static readonly GrainId Grain = GrainId.Create("counted", "one");

    protected abstract IGrainStorage Storage { get; }

    [DatabaseFact]
    public async Task A_state_that_was_never_written_is_new_and_has_no_etag()
    {
        var state = await ReadAsync();
        (state.RecordExists, state.State.Count, string.IsNullOrEmpty(state.ETag)).ShouldBe((false, 0, true));
    }

    [DatabaseFact]
    public async Task What_was_written_is_read_with_the_etag_of_the_write()
    {
        var written = await WriteAsync(await ReadAsync(), 7);
        written.RecordExists.ShouldBeTrue();
        var read = await ReadAsync();
        (read.RecordExists, read.State.Count, read.State.IsWhole(), read.ETag).ShouldBe((true, 7, true, written.ETag));
    }

    [DatabaseFact]
    public async Task Every_write_changes_the_etag()
    {
        var state = await ReadAsync();
        var seen = new HashSet<string>();
        for (var count = 1; count <= 10; count++)
        {
            seen.Add((await WriteAsync(state, count)).ETag!).ShouldBeTrue();
        }
        (await ReadAsync()).State.Count.ShouldBe(10);
    }

    [DatabaseFact]
    public async Task A_write_with_an_old_etag_is_refused_and_changes_nothing()
    {
        var mine = await WriteAsync(await ReadAsync(), 1);
        var theirs = await ReadAsync();
        await WriteAsync(theirs, 2);

        var lost = await Should.ThrowAsync<InconsistentStateException>(WriteAsync(mine, 3));
        lost.CurrentEtag.ShouldNotBe(lost.StoredEtag);
        var read = await ReadAsync();
        (read.State.Count, read.ETag).ShouldBe((2, theirs.ETag));
        await WriteAsync(theirs, 4);
    }

    [DatabaseFact]
    public async Task A_first_write_that_comes_second_is_refused()
    {
        var mine = await ReadAsync();
        var theirs = await ReadAsync();
        await WriteAsync(theirs, 1);
        await Should.ThrowAsync<InconsistentStateException>(WriteAsync(mine, 2));
        (await ReadAsync()).State.Count.ShouldBe(1);
    }

    [DatabaseFact]
    public async Task Of_many_racing_writers_exactly_one_wins_each_round()
    {
        await WriteAsync(await ReadAsync(), 0);
        for (var round = 1; round <= 20; round++)
        {
            var holders = new List<GrainState<CountedState>>();
            for (var i = 0; i < 16; i++)
            {
                holders.Add(await ReadAsync());
            }
            var outcomes = await Task.WhenAll(holders.Select((holder, i) => Task.Run(async () =>
            {
                try
                {
                    await WriteAsync(holder, (round * 100) + i);
                    return holder.State.Count;
                }
                catch (InconsistentStateException)
                {
                    return -1;
                }
            }))).InTimeAsync();
            var winner = outcomes.Where(count => count >= 0).ShouldHaveSingleItem();
            (await ReadAsync()).State.Count.ShouldBe(winner);
        }
    }

    [DatabaseFact]
    public async Task A_cleared_state_is_new_again_and_can_be_written_again()
    {
        var state = await WriteAsync(await ReadAsync(), 5);
        await Storage.ClearStateAsync(StateWrites.StateName, Grain, state).InTimeAsync();
        (state.RecordExists, state.State.Count).ShouldBe((false, 0));
        var read = await ReadAsync();
        (read.RecordExists, read.State.Count).ShouldBe((false, 0));
        await WriteAsync(state, 6);
        (await ReadAsync()).State.Count.ShouldBe(6);
    }

    [DatabaseFact]
    public async Task Clearing_with_an_old_etag_is_refused()
    {
        var mine = await WriteAsync(await ReadAsync(), 1);
        await WriteAsync(await ReadAsync(), 2);
        await Should.ThrowAsync<InconsistentStateException>(async () => await Storage.ClearStateAsync(StateWrites.StateName, Grain, mine));
        (await ReadAsync()).State.Count.ShouldBe(2);
    }

    [DatabaseFact]
    public async Task An_etag_of_before_a_clear_never_fits_again()
    {
        var old = await WriteAsync(await ReadAsync(), 1);
        var holder = await ReadAsync();
        await Storage.ClearStateAsync(StateWrites.StateName, Grain, holder).InTimeAsync();
        await WriteAsync(await ReadAsync(), 2);
        await Should.ThrowAsync<InconsistentStateException>(WriteAsync(old, 3));
        (await ReadAsync()).State.Count.ShouldBe(2);
    }

    [DatabaseFact]
    public async Task States_of_other_names_and_grains_are_apart()
    {
        await WriteAsync(await ReadAsync(), 1);
        foreach (var (name, grain) in new[] { ("other", Grain), (StateWrites.StateName, GrainId.Create("counted", "two")), (StateWrites.StateName, GrainId.Create("count", "one")) })
        {
            var state = new GrainState<CountedState>();
            await Storage.ReadStateAsync(name, grain, state).InTimeAsync();
            state.RecordExists.ShouldBeFalse();
        }
    }

    [DatabaseFact]
    public async Task The_stored_state_does_not_follow_the_object_it_was_written_from()
    {
        var state = await WriteAsync(await ReadAsync(), 3);
        state.State.Count = 99;
        (await ReadAsync()).State.Count.ShouldBe(3);
    }

    protected async Task<GrainState<CountedState>> ReadAsync()
    {
        var state = new GrainState<CountedState>();
        await Storage.ReadStateAsync(StateWrites.StateName, Grain, state).InTimeAsync();
        return state;
    }

    protected async Task<GrainState<CountedState>> WriteAsync(GrainState<CountedState> state, int count)
    {
        state.State = CountedState.Of(Grain.ToString(), count);
        await Storage.WriteStateAsync(StateWrites.StateName, Grain, state).InTimeAsync();
        return state;
    }
}
