using System.Text;
using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Problems;

[Collection(SharedHost.Name)]
public sealed class CharsetTests(ApiHost host)
{
    [Theory]
    [InlineData("/api/v1/auth/token", "application/json; charset=klingon")]
    [InlineData("/api/v1/sessions", "application/json; charset=klingon")]
    [InlineData("/api/v1/parse-order", "application/json; charset=\"no such\"")]
    public async Task A_charset_nobody_knows_is_the_senders_fault(string path, string contentType)
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.SendAsync(HttpMethod.Post, path, Body("""{"text":"a burger"}""", contentType))).ShouldBeProblem(415, "MEDIA_TYPE_UNSUPPORTED");
    }

    [Fact]
    public async Task Utf_8_may_be_named()
    {
        var staff = await host.LogInAsync("staff@demo-burger");
        (await staff.SendAsync(HttpMethod.Post, "/api/v1/sessions", Body("""{"channel":"web"}""", "application/json; charset=UTF-8"))).ShouldBe(201);
    }

    private static ByteArrayContent Body(string text, string contentType)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        body.Headers.TryAddWithoutValidation("Content-Type", contentType).ShouldBeTrue();
        return body;
    }
}
