using VoiceOrdering.Grains.Vouchers;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Grains.Tests.Vouchers;

public sealed class VoucherCodesTests
{
    private readonly string _code = VoucherCodes.Draw(new Numbered(7));

    [Fact]
    public void A_code_is_twelve_digits_that_read_back()
    {
        _code.Length.ShouldBe(12);
        _code.ShouldAllBe(c => char.IsAsciiDigit(c));
        VoucherCodes.Read(_code).ShouldBe(_code);
        VoucherCodes.Read(VoucherCodes.Spaced(_code)).ShouldBe(_code);
        Enumerable.Range(0, 1_000).Select(seed => VoucherCodes.Draw(new Numbered(seed))).Distinct().Count().ShouldBe(1_000);
    }

    [Fact]
    public void Every_single_wrong_digit_is_noticed()
    {
        for (var at = 0; at < _code.Length; at++)
            foreach (var wrong in "0123456789".Where(digit => digit != _code[at]))
                VoucherCodes.Read(_code[..at] + wrong + _code[(at + 1)..]).ShouldBeNull($"{_code} with {wrong} at {at}");
    }

    [Fact]
    public void Neighbours_that_changed_places_are_noticed()
    {
        for (var at = 0; at + 1 < _code.Length; at++)
            if (_code[at] != _code[at + 1])
                VoucherCodes.Read(_code[..at] + _code[at + 1] + _code[at] + _code[(at + 2)..]).ShouldBeNull();
    }

    [Fact]
    public void Spoken_digits_are_read()
    {
        string[] words = ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        VoucherCodes.Read(string.Join(' ', _code.Select(digit => words[digit - '0']))).ShouldBe(_code);
        VoucherCodes.Read($"{_code[..4]}-{string.Join(", ", _code[4..].Select(digit => words[digit - '0'].ToUpperInvariant()))}").ShouldBe(_code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345678901")]
    [InlineData("a code")]
    [InlineData("١٢٣٤٥٦٧٨٩٠١٢")]
    public void What_is_no_code_is_none(string? text) => VoucherCodes.Read(text).ShouldBeNull();

    /// <summary>Secrets from a number.</summary>
    private sealed class Numbered(int seed) : IIdSource
    {
        public string NewId(string prefix) => $"{prefix}{seed}";

        public string NewSecret() => $"secret {seed}";
    }
}
