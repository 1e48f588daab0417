using VoiceOrdering.Grains.Customers;

namespace VoiceOrdering.Grains.Tests.Customers;

public sealed class PhoneNumbersTests
{
    [Theory]
    [InlineData("+1 415 555 0100", null, "+14155550100")]
    [InlineData("0041 44 668 18 00", null, "+41446681800")]
    [InlineData("(415) 555-0100", "+14155550199", "+14155550100")]
    [InlineData("1-415-555-0100", "+14155550199", "+14155550100")]
    [InlineData("044 668 18 00", "+41446681801", "+41446681800")]
    [InlineData("030/901820", "+4930901821", "+4930901820")]
    [InlineData("06 3600 4399", "+390636004398", "+390636004399")]
    [InlineData("+49 (0)30 901820", null, "+4930901820")]
    [InlineData("0041 (0) 44 668 18 00", null, "+41446681800")]
    [InlineData("(0)30 901820", "+4930901821", "+4930901820")]
    [InlineData("+39 (0)6 3600 4399", null, "+390636004399")]
    [InlineData("01 677 1234", "+35316771235", "+35316771234")]
    public void Numbers_become_international(string text, string? home, string expected) => PhoneNumbers.Read(text, home).ShouldBe(expected);

    [Theory]
    [InlineData("555-0100", "+14155550199")]
    [InlineData("415 555 0100", null)]
    [InlineData("+1 415 555 010", null)]
    [InlineData("+1234567", null)]
    [InlineData("+1234567890123456", null)]
    [InlineData("+0 41 44 668 18 00", null)]
    [InlineData("four one five", "+14155550199")]
    [InlineData("4155550100 ext 5", "+14155550199")]
    [InlineData("+", null)]
    [InlineData("", "+14155550199")]
    [InlineData(null, "+14155550199")]
    public void What_cannot_be_a_number_is_none(string? text, string? home) => PhoneNumbers.Read(text, home).ShouldBeNull();
}
