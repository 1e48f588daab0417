using Orleans.Concurrency;
using Orleans.TestingHost;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Invocation;

[Collection(EngineCollection.Name)]
public class CallTests(EngineFixture engine)
{
    [Fact]
    public async Task A_call_reaches_the_grain_and_brings_its_answer_back()
    {
        var grain = engine.Grains.GetGrain<ICalculatorGrain>("a");

        (await grain.AddAsync(2, 3)).ShouldBe(5);
        (await grain.JoinAsync(["x", "y"], 7)).ShouldBe("x,y,7");
        await grain.NothingAsync();
        (await grain.QuickAsync(4)).ShouldBe(8);
    }

    [Fact]
    public async Task The_key_names_the_grain()
    {
        (await engine.Grains.GetGrain<ICalculatorGrain>("first").KeyAsync()).ShouldBe("first");
        (await engine.Grains.GetGrain<IIntegerKeyGrain>(-42).KeyAsync()).ShouldBe(-42);
        var guid = Guid.Parse("0a0b0c0d-0102-0304-0506-0708090a0b0c");
        (await engine.Grains.GetGrain<IGuidKeyGrain>(guid).KeyAsync()).ShouldBe(guid);
        (await engine.Grains.GetGrain<ICompoundKeyGrain>(7, "seven").KeyAsync()).ShouldBe("7:seven");
    }

    [Fact]
    public async Task A_failure_comes_back_with_its_type_and_message()
    {
        var grain = engine.Grains.GetGrain<ICalculatorGrain>("fails");

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => grain.FailAsync("at once"));
        failure.Message.ShouldBe("at once");
        failure = await Should.ThrowAsync<InvalidOperationException>(() => grain.FailLaterAsync("later"));
        failure.Message.ShouldBe("later");
        failure.StackTrace.ShouldNotBeNull().ShouldContain(nameof(CalculatorGrain.FailLaterAsync));
    }

    [Fact]
    public async Task A_generic_method_and_a_generic_interface_work()
    {
        (await engine.Grains.GetGrain<ICalculatorGrain>("generic").EchoAsync("text")).ShouldBe("text");
        (await engine.Grains.GetGrain<ICalculatorGrain>("generic").EchoAsync(5)).ShouldBe(5);
        var box = engine.Grains.GetGrain<IBoxGrain<int>>("box");
        await box.PutAsync(9);
        (await box.GetAsync()).ShouldBe(9);
    }

    [Fact]
    public async Task Grains_call_grains_and_pass_references()
    {
        var grain = engine.Grains.GetGrain<ICalculatorGrain>("caller");

        (await grain.AddThroughAsync(engine.Grains.GetGrain<ICalculatorGrain>("other"), 1, 2)).ShouldBe("other says 3");
    }
}

[Alias("test.ICalculatorGrain")]
public interface ICalculatorGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int a, int b);

    Task<string> JoinAsync(List<string> parts, int last);

    Task NothingAsync();

    ValueTask<int> QuickAsync(int value);

    Task<string> KeyAsync();

    Task FailAsync(string message);

    Task FailLaterAsync(string message);

    Task<T> EchoAsync<T>(T value);

    Task<string> AddThroughAsync(ICalculatorGrain other, int a, int b);
}

public sealed class CalculatorGrain : Grain, ICalculatorGrain
{
    public Task<int> AddAsync(int a, int b) => Task.FromResult(a + b);

    public Task<string> JoinAsync(List<string> parts, int last) => Task.FromResult(string.Join(',', parts) + "," + last);

    public Task NothingAsync() => Task.CompletedTask;

    public ValueTask<int> QuickAsync(int value) => new(value * 2);

    public Task<string> KeyAsync() => Task.FromResult(this.GetPrimaryKeyString());

    public Task FailAsync(string message) => throw new InvalidOperationException(message);

    public async Task FailLaterAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task<T> EchoAsync<T>(T value) => Task.FromResult(value);

    public async Task<string> AddThroughAsync(ICalculatorGrain other, int a, int b) => $"{await other.KeyAsync()} says {await other.AddAsync(a, b)}";
}

public interface IIntegerKeyGrain : IGrainWithIntegerKey
{
    Task<long> KeyAsync();
}

public sealed class IntegerKeyGrain : Grain, IIntegerKeyGrain
{
    public Task<long> KeyAsync() => Task.FromResult(this.GetPrimaryKeyLong());
}

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<Guid> KeyAsync();
}

public sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<Guid> KeyAsync() => Task.FromResult(this.GetPrimaryKey());
}

public interface ICompoundKeyGrain : IGrainWithIntegerCompoundKey
{
    Task<string> KeyAsync();
}

public sealed class CompoundKeyGrain : Grain, ICompoundKeyGrain
{
    public Task<string> KeyAsync()
    {
        var key = this.GetPrimaryKeyLong(out var extension);
        return Task.FromResult($"{key}:{extension}");
    }
}

public interface IBoxGrain<T> : IGrainWithStringKey
{
    Task PutAsync(T value);

    Task<T> GetAsync();
}

public sealed class BoxGrain<T> : Grain, IBoxGrain<T>
{
    private T _value = default!;

    public Task PutAsync(T value)
    {
        _value = value;
        return Task.CompletedTask;
    }

    public Task<T> GetAsync() => Task.FromResult(_value);
}
