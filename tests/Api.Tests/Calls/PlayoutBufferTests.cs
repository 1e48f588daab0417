using VoiceOrdering.Api.Calls;
using VoiceOrdering.Media.Audio;

namespace VoiceOrdering.Api.Tests.Calls;

/// <summary>The buffer between the provider's pace and the leg's: 20 ms at a time, bounded, empty at once when flushed.</summary>
public sealed class PlayoutBufferTests
{
    private readonly PlayoutBuffer _buffer = new(AudioFormat.Pcmu8k, TimeSpan.FromSeconds(10));
    private readonly byte[] _frame = new byte[160];

    [Fact]
    public void Audio_comes_out_as_it_went_in_whatever_the_pieces()
    {
        SpokenItem item = Item("a");
        byte[] audio = [.. Enumerable.Range(0, 1600).Select(i => (byte)(i % 251))];
        int from = 0;
        foreach (int length in new[] { 1, 159, 160, 7, 473, 800 })
        {
            _buffer.TryAppend(item, audio.AsMemory(from, length)).ShouldBeTrue();
            from += length;
        }

        var heard = new List<byte>();
        while (_buffer.TryRead(_frame))
        {
            heard.AddRange(_frame);
        }

        heard.ShouldBe(audio);
    }

    [Fact]
    public void Less_than_a_frame_waits_until_the_item_is_whole_and_is_filled_with_silence()
    {
        SpokenItem item = Item("a");
        _buffer.TryAppend(item, new byte[100]);
        _buffer.TryRead(_frame).ShouldBeFalse();
        _buffer.Complete(item).ShouldBeFalse();
        _buffer.TryRead(_frame).ShouldBeTrue();

        _frame[99].ShouldBe((byte)0);
        _frame[100..].ShouldAllBe(sample => sample == G711.MuLawSilence);
        item.PlayedBytes.ShouldBe(100);
    }

    [Fact]
    public void After_a_flush_the_next_frame_is_silence()
    {
        SpokenItem item = Item("a");
        _buffer.TryAppend(item, new byte[8000]);
        _buffer.TryRead(_frame);
        _buffer.Flush();

        _buffer.TryRead(_frame).ShouldBeFalse();
        item.PlayedBytes.ShouldBe(160);
        _buffer.BufferedMs.ShouldBe(0);
    }

    [Fact]
    public void More_than_the_limit_is_refused_whole()
    {
        SpokenItem item = Item("a");
        _buffer.TryAppend(item, new byte[80_000]).ShouldBeTrue();
        _buffer.TryAppend(item, new byte[1]).ShouldBeFalse();
        item.ReceivedBytes.ShouldBe(80_000);
    }

    [Fact]
    public void Each_item_begins_and_ends_once_and_in_order()
    {
        var notices = new Notices();
        _buffer.Listen(notices);
        foreach (string id in new[] { "a", "b", "c" })
        {
            SpokenItem item = Item(id);
            _buffer.TryAppend(item, new byte[200]);
            _buffer.Complete(item);
        }

        while (_buffer.TryRead(_frame))
        {
        }

        notices.Seen.ShouldBe(["+a", "-a", "+b", "-b", "+c", "-c"]);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        SpokenItem item = Item("a");
        _buffer.TryAppend(item, new byte[16_000]);
        _buffer.TryRead(_frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 90; i++)
        {
            _buffer.TryRead(_frame);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static SpokenItem Item(string id) => new(id, "r", 0);

    private sealed class Notices : IPlayoutListener
    {
        public List<string> Seen { get; } = [];

        public void OnItemBegan(SpokenItem item) => Seen.Add("+" + item.ItemId);

        public void OnItemPlayed(SpokenItem item) => Seen.Add("-" + item.ItemId);
    }
}
