import pytest
from twisted.internet.error import DNSLookupError

from scraper.politeness.resolver import check_address, refused


def test_a_public_address_is_handed_on() -> None:
    assert check_address("8.8.8.8", "adoctor.tw") == "8.8.8.8"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "0.0.0.0"])
def test_a_name_may_not_lead_into_our_own_network(address: str) -> None:
    with pytest.raises(DNSLookupError):
        check_address(address, "adoctor.tw")
    assert refused["adoctor.tw"] == address


def test_a_name_that_is_pointed_elsewhere_between_two_requests_is_judged_anew() -> None:
    check_address("8.8.8.8", "rebound.example")
    with pytest.raises(DNSLookupError):
        check_address("127.0.0.1", "rebound.example")
    check_address("8.8.4.4", "rebound.example")
    assert "rebound.example" not in refused


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "10.0.0.8"])
def test_localhost_and_plain_addresses_are_for_the_scope_guard_to_judge(name: str) -> None:
    address = "127.0.0.1" if name == "localhost" else name
    assert check_address(address, name) == address


@pytest.mark.parametrize("name", ["2130706433", "0x7f000001", "127.1"])
def test_odd_spellings_of_an_address_are_names(name: str) -> None:
    with pytest.raises(DNSLookupError):
        check_address("127.0.0.1", name)
