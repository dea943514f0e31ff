app_name = "carers"

urlpatterns = []
